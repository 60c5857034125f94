-- Goals that one snapshot did not see as they are and a later one (the transaction's own where none
-- is given) does, from after a place on, in the order in which they changed.
select
    id,
    agent_id,
    updated_at as changed_at,
    period,
    goal_type,
    achieved_at is not null as is_achieved
from public.agent_goals
where
    agent_id = any(%(agent_ids)s)
    and (changed_in >= %(since)s::xid8 or changed_in = any(%(since_open)s::xid8[]))
    and changed_in < coalesce(%(until)s::xid8, pg_snapshot_xmax(pg_current_snapshot()))
    and changed_in <> all(%(until_open)s::xid8[])
    and updated_at >= %(earliest)s::timestamptz
    and updated_at < 'infinity'
    and (updated_at, id) > (%(goals_after)s::timestamptz, %(after_id)s)
order by updated_at, id
limit %(at_most)s
