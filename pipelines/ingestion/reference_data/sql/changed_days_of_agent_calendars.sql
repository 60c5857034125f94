-- All leads of the agents with a changed row.
insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    leads.agent_id,
    (leads.created_at at time zone {time_zone})::date
from raw.leads as leads
where
    leads.created_at is not null
    and leads.agent_id in (select changed.agent_id from changed_agent_calendars as changed)
on conflict do nothing
