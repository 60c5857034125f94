-- Enables row-level security without a change for the CRM: the policy admits every role, so that
-- grants alone decide.

do $migration$
declare
    open_table regclass;
begin
    for open_table in
        select oid from pg_class
        where oid in ('public.agent_goals'::regclass, 'public.agent_activity_log'::regclass)
            and not relrowsecurity
    loop
        execute format('create policy everybody on %s using (true) with check (true)', open_table);
        execute format('alter table %s enable row level security', open_table);
    end loop;
end
$migration$;
