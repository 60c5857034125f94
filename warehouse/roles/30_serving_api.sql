-- The API role reads schema serving only, and of tables with an agent_id only the rows of the
-- transaction's agent. It gets no default privileges: a new table is closed to it until it has a
-- policy.

do $migration$
declare
    own_rows constant text := $$agent_id = nullif(current_setting('analytics.agent_id', true), '')$$;
    api_role constant oid := (select oid from pg_roles where rolname = {api_role_name});
    protected regclass;
begin
    for protected in
        select oid from pg_class as c
        where relnamespace = 'serving'::regnamespace and relrowsecurity
            and exists (select from pg_attribute where attrelid = c.oid and attname = 'agent_id')
            and not exists (
                select from pg_policy
                where polrelid = c.oid and polname = 'api_own_rows' and polroles = array[api_role]
            )
    loop
        execute format('drop policy if exists api_own_rows on %s', protected);
        execute format(
            'create policy api_own_rows on %s for select to %s using (%s)',
            protected, api_role::regrole, own_rows
        );
    end loop;
end
$migration$;

grant usage on schema serving to {api_role};
grant select on all tables in schema serving to {api_role};
