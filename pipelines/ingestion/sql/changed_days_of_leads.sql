insert into state.changed_agent_days (load_id, agent_id, date)
select distinct
    {load_id} as load_id,
    changed.agent_id,
    (changed.instant at time zone {time_zone})::date
from (
    select leads.agent_id, leads.created_at as instant
    from raw.leads as leads
    inner join changed_leads on leads.lead_id = changed_leads.lead_id
    union all
    select activities.agent_id, activities.occurred_at as instant
    from raw.agent_activity_log as activities
    inner join changed_leads on activities.lead_id = changed_leads.lead_id
    where activities.activity_type = 'conversion'
    union all
    -- Leads may be dated by their assignment instead: see stg_leads.
    select leads.agent_id, activities.occurred_at as instant
    from raw.leads as leads
    inner join changed_leads on leads.lead_id = changed_leads.lead_id
    inner join raw.agent_activity_log as activities on leads.lead_id = activities.lead_id
    where activities.activity_type = 'assignment'
) as changed
where changed.instant is not null
on conflict do nothing
