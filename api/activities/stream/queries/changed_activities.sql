-- Activities that one snapshot did not see and a later one (the transaction's own where none is
-- given) does, from after a place on, in the order in which they were recorded.
select
    id,
    agent_id,
    recorded_at as changed_at,
    activity_type,
    title,
    description,
    timestamp,
    case when jsonb_typeof(metadata) = 'object' then metadata::text else '{}' end as metadata
from public.agent_activity_log
where
    agent_id = any(%(agent_ids)s)
    and (changed_in >= %(since)s::xid8 or changed_in = any(%(since_open)s::xid8[]))
    and changed_in < coalesce(%(until)s::xid8, pg_snapshot_xmax(pg_current_snapshot()))
    and changed_in <> all(%(until_open)s::xid8[])
    and recorded_at >= %(earliest)s::timestamptz
    and recorded_at < 'infinity'
    and (recorded_at, id) > (%(activities_after)s::timestamptz, %(after_id)s)
    and activity_type = any(%(words)s)
    and timestamp >= %(earliest_shown)s
    and timestamp < %(latest_shown)s
order by recorded_at, id
limit %(at_most)s
