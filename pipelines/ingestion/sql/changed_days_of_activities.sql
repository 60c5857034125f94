-- Conversions, and an agent's first activity of any type, because it dates the agent.
insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    activities.agent_id,
    (activities.occurred_at at time zone {time_zone})::date
from raw.agent_activity_log as activities
inner join changed_activities on activities.activity_id = changed_activities.activity_id
where
    activities.occurred_at is not null
    and (
        activities.activity_type = 'conversion'
        or not exists (
            select 1
            from raw.agent_activity_log as earlier
            where
                earlier.agent_id = activities.agent_id
                and earlier.occurred_at < activities.occurred_at
        )
    )
on conflict do nothing
