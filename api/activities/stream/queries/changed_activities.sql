-- Activities that one snapshot did not see and a later one (the transaction's own where none is
-- given) does, from after a place on, in the order in which they were recorded.
select
    shown.id,
    shown.agent_id,
    shown.recorded_at as changed_at,
    shown.activity_type,
    shown.title,
    shown.description,
    shown.timestamp,
    shown.metadata
from {shown_activities} as shown
where
    shown.agent_id = any(%(agent_ids)s)
    and (shown.changed_in >= %(since)s::xid8 or shown.changed_in = any(%(since_open)s::xid8[]))
    and shown.changed_in < coalesce(%(until)s::xid8, pg_snapshot_xmax(pg_current_snapshot()))
    and shown.changed_in <> all(%(until_open)s::xid8[])
    and shown.recorded_at >= %(earliest)s::timestamptz
    and shown.recorded_at < 'infinity'
    and (shown.recorded_at, shown.id) > (%(activities_after)s::timestamptz, %(after_id)s)
    and shown.activity_type = any(%(words)s)
    and shown.timestamp >= %(earliest_shown)s
    and shown.timestamp < %(latest_shown)s
order by shown.recorded_at, shown.id
limit %(at_most)s
