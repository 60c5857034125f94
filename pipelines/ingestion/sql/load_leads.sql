create temporary table changed_leads on commit drop as
select incoming.lead_id
from raw.leads_incoming as incoming
left join raw.leads as stored on incoming.lead_id = stored.lead_id
where
    stored.lead_id is null
    or (
        stored.agent_id, stored.source, stored.disposition, stored.response_time_hours,
        stored.satisfaction_rating, stored.created_at, stored.contacted_at, stored.interested_at,
        stored.changed_at
    ) is distinct from (
        incoming.agent_id, incoming.source, incoming.disposition, incoming.response_time_hours,
        incoming.satisfaction_rating, incoming.created_at, incoming.contacted_at,
        incoming.interested_at, incoming.changed_at
    )
union all
select stored.lead_id
from raw.leads as stored
where
    {is_whole}
    and not exists (
        select 1 from raw.leads_incoming as incoming
        where incoming.lead_id = stored.lead_id
    );

{changed_days_of_leads};

delete from raw.leads as stored
using changed_leads
where
    stored.lead_id = changed_leads.lead_id
    and not exists (
        select 1
        from raw.leads_incoming as incoming
        where incoming.lead_id = stored.lead_id and incoming.agent_id = stored.agent_id
    );

insert into raw.leads
select incoming.*
from raw.leads_incoming as incoming
inner join changed_leads on incoming.lead_id = changed_leads.lead_id
on conflict (agent_id, lead_id) do update set
    source = excluded.source,
    disposition = excluded.disposition,
    response_time_hours = excluded.response_time_hours,
    satisfaction_rating = excluded.satisfaction_rating,
    created_at = excluded.created_at,
    contacted_at = excluded.contacted_at,
    interested_at = excluded.interested_at,
    changed_at = excluded.changed_at;

{changed_days_of_leads}
