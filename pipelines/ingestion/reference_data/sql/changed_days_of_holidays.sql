-- Leads of the agents of a changed calendar, of all agents if it is the default one, that were
-- created before the changed day is over in any time zone.
insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    leads.agent_id,
    (leads.created_at at time zone {time_zone})::date
from (
    select
        changed.calendar,
        max(changed.date) + 3 as before
    from changed_holidays as changed
    group by changed.calendar
) as changed
inner join raw.leads as leads on changed.before > (leads.created_at at time zone 'UTC')::date
where
    exists (
        select from raw.calendars as calendars
        where calendars.is_default and calendars.calendar = changed.calendar
    )
    or leads.agent_id in (
        select own.agent_id from raw.agent_calendars as own
        where own.calendar = changed.calendar
    )
on conflict do nothing
