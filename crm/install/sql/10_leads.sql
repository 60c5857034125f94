-- The CRM's leads table: created if the database has none, else checked for the columns that only
-- the CRM can fill.

do $migration$
declare
    leads constant regclass := to_regclass({leads_name});
    missing record;
begin
    if leads is null and {leads_name} <> '"public"."leads"' then
        raise exception 'no such table: % (set table under [leads] in crm_mapping.toml)', {leads_name};
    end if;
    if leads is null then
        create table {leads} (
            {id} text primary key,
            {created_at} timestamptz not null default now(),
            {source} varchar(100),
            {disposition} varchar(50)
        );
        return;
    end if;
    for missing in
        select needed.our_name, needed.crm_name
        from (values
            ('id', {id_name}),
            ('created_at', {created_at_name}),
            ('source', {source_name}),
            ('disposition', {disposition_name})
        ) as needed (our_name, crm_name)
        where not exists (
            select from pg_attribute
            where attrelid = leads and attname = needed.crm_name and not attisdropped
        )
    loop
        raise exception 'table % has no column %: map "%" under [leads.columns] in crm_mapping.toml',
            leads, missing.crm_name, missing.our_name;
    end loop;
end
$migration$;
