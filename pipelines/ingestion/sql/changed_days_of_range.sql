-- Agent-days of the requested range that are in raw or in the marts.
insert into state.changed_agent_days (load_id, agent_id, date)
select {load_id} as load_id, days.agent_id, days.date
from (
    select agent_id, (created_at at time zone {time_zone})::date as date
    from raw.leads
    where created_at >= {from_instant} and created_at < {to_instant}
    union
    select agent_id, (occurred_at at time zone {time_zone})::date as date
    from raw.agent_activity_log
    where
        occurred_at >= {from_instant}
        and occurred_at < {to_instant}
        and activity_type = 'conversion'
    union
    select agent_id, date
    from marts.agent_performance_metrics
    where
        date >= ({from_instant} at time zone {time_zone})::date
        and date < ({to_instant} at time zone {time_zone})::date
) as days
on conflict do nothing
