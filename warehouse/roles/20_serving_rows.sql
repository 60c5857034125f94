-- Row-level security, forced, on every serving table of agents' rows; its owner, the publisher,
-- sees them all.

do $migration$
declare
    rows_of_agents record;
begin
    for rows_of_agents in
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
            where polrelid = rows_of_agents.oid and polname = 'publisher'
                and polroles = array[rows_of_agents.owner::oid]
        ) then
            execute format('drop policy if exists publisher on %s', rows_of_agents.name);
            execute format(
                'create policy publisher on %s to %s using (true) with check (true)',
                rows_of_agents.name, rows_of_agents.owner
            );
        end if;
        if not rows_of_agents.is_forced then
            execute format(
                'alter table %s enable row level security, force row level security',
                rows_of_agents.name
            );
        end if;
    end loop;
end
$migration$;
