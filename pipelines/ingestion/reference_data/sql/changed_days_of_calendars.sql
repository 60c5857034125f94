-- All leads of the agents of a calendar with a changed row; of all agents if it is the default one.
insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    leads.agent_id,
    (leads.created_at at time zone {time_zone})::date
from raw.leads as leads
where
    leads.created_at is not null
    and (
        exists (
            select from raw.calendars as calendars
            inner join {changed} as changed on calendars.calendar = changed.calendar
            where calendars.is_default
        )
        or leads.agent_id in (
            select own.agent_id from raw.agent_calendars as own
            where own.calendar in (select changed.calendar from {changed} as changed)
        )
    )
on conflict do nothing
