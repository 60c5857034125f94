-- Rights of the reading role in this database, other than those on the leads table's columns.
select
    current_user as role_name,
    current_setting('server_version_num')::integer as server_version,
    current_setting('timezone') as time_zone,
    pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_transactions,
    has_schema_privilege('public', 'create') as may_create,
    (
        select relkind::text from pg_class
        where oid = to_regclass(%(leads_text)s)
    ) as leads_kind,
    coalesce((
        select pg_has_role(relowner, 'usage') from pg_class
        where oid = to_regclass(%(leads_text)s)
    ), false) as owns_leads,
    to_regclass('public.agent_goals') is not null as has_goals,
    to_regclass('public.agent_activity_log') is not null as has_activities
