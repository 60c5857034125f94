-- Our columns of leads: each is added only if the CRM has none. The trigger that sets updated_at is
-- created only with our own column; a CRM maintains its own.

create or replace function public.agent_analytics_stamp_lead() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    if current_setting('analytics.bulk_load', true) is distinct from 'on' then
        new.{updated_at} := clock_timestamp();
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics could not stamp a lead: %', sqlerrm;
    return new;
end
$function$;

do $migration$
declare
    leads constant regclass := to_regclass({leads_name});
    missing record;
begin
    for missing in
        select ours.our_name, ours.crm_name, ours.definition
        from (values
            ('assigned_agent_id', {assigned_agent_id_name}, 'varchar(50)'),
            ('contacted_at', {contacted_at_name}, 'timestamptz'),
            ('interested_at', {interested_at_name}, 'timestamptz'),
            ('response_time_hours', {response_time_hours_name}, 'numeric(14, 6)'),
            ('satisfaction_rating', {satisfaction_rating_name}, 'integer'),
            ('updated_at', {updated_at_name}, 'timestamptz not null default now()')
        ) as ours (our_name, crm_name, definition)
        where not exists (
            select from pg_attribute
            where attrelid = leads and attname = ours.crm_name and not attisdropped
        )
    loop
        if missing.our_name <> missing.crm_name then
            raise exception 'table % has no column %, but [leads.columns] in crm_mapping.toml maps % to it',
                leads, missing.crm_name, missing.our_name;
        end if;
        execute format('alter table %s add column %I %s', leads, missing.crm_name, missing.definition);
        if missing.our_name = 'satisfaction_rating' then
            alter table {leads} add constraint agent_analytics_satisfaction_rating
                check ({satisfaction_rating} between 1 and 5) not valid;
        elsif missing.our_name = 'updated_at' then
            create trigger agent_analytics_stamp_lead before insert or update on {leads}
                for each row execute function public.agent_analytics_stamp_lead();
        end if;
    end loop;
end
$migration$;
