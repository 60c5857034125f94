-- Rights of the API role: an agent's own goals and timeline, and no access to leads. A live stream
-- reads for several agents in one transaction, which names them all and is read only; a write is
-- always for a single agent.

do $migration$
declare
    own_rows constant text := $$agent_id = nullif(current_setting('analytics.agent_id', true), '')$$;
    streamed_rows constant text := $$
        current_setting('transaction_read_only') = 'on'
        and agent_id in (
            select unnest(nullif(current_setting('analytics.agent_ids', true), '')::text[])
        )
    $$;
    api_role constant oid := (select oid from pg_roles where rolname = {api_role_name});
    protected regclass;
    former oid;
begin
    foreach protected in array array['public.agent_goals', 'public.agent_activity_log']::regclass[]
    loop
        continue when exists (
            select from pg_policy
            where polrelid = protected and polname = 'api_own_rows' and polroles = array[api_role]
                and pg_get_expr(polqual, polrelid) like '%analytics.agent_ids%'
        );
        -- A former API role would see every row without this policy, so its grants are revoked
        -- first.
        for former in
            select unnest(polroles) from pg_policy
            where polrelid = protected and polname = 'api_own_rows'
        loop
            execute format('revoke all on %s from %s', protected, former::regrole);
        end loop;
        execute format('drop policy if exists api_own_rows on %s', protected);
        execute format(
            'create policy api_own_rows on %s as restrictive to %s using (%s or %s) with check (%3$s)',
            protected, api_role::regrole, own_rows, streamed_rows
        );
    end loop;
    execute format(
        'grant usage on sequence %s to %s',
        pg_get_serial_sequence('public.agent_goals', 'id'), api_role::regrole
    );
end
$migration$;

grant usage on schema public to {api_role};
grant select, insert, update, delete on public.agent_goals to {api_role};
grant select on public.agent_activity_log to {api_role};
