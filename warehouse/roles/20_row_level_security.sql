-- Forces row-level security on every serving table with an agent_id; the publisher, who owns the
-- tables, sees every row.

do $migration$
declare
    agent_table record;
begin
    for agent_table in
        select c.oid, c.oid::regclass as name, c.relowner::regrole as owner,
            c.relrowsecurity and c.relforcerowsecurity as is_forced
        from pg_class as c
        where c.relnamespace = 'serving'::regnamespace and c.relkind in ('r', 'p')
            and exists (
                select from pg_attribute
                where attrelid = c.oid and attname = 'agent_id' and not attisdropped
            )
    loop
        if not exists (
            select from pg_policy
            where polrelid = agent_table.oid and polname = 'publisher'
                and polroles = array[agent_table.owner::oid]
        ) then
            execute format('drop policy if exists publisher on %s', agent_table.name);
            execute format(
                'create policy publisher on %s to %s using (true) with check (true)',
                agent_table.name, agent_table.owner
            );
        end if;
        if not agent_table.is_forced then
            execute format(
                'alter table %s enable row level security, force row level security',
                agent_table.name
            );
        end if;
    end loop;
end
$migration$;
