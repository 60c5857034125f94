create temporary table changed_leads on commit drop as
select incoming.lead_id
from raw.leads_incoming as incoming
left join raw.leads as kept on incoming.lead_id = kept.lead_id
where
    kept.lead_id is null
    or (
        kept.agent_id, kept.source, kept.disposition, kept.response_time_hours,
        kept.satisfaction_rating, kept.created_at, kept.contacted_at, kept.interested_at,
        kept.changed_at
    ) is distinct from (
        incoming.agent_id, incoming.source, incoming.disposition, incoming.response_time_hours,
        incoming.satisfaction_rating, incoming.created_at, incoming.contacted_at,
        incoming.interested_at, incoming.changed_at
    )
union all
select kept.lead_id
from raw.leads as kept
where
    {is_whole}
    and not exists (
        select 1 from raw.leads_incoming as incoming
        where incoming.lead_id = kept.lead_id
    );

{changed_days_of_leads};

delete from raw.leads as kept
using changed_leads
where
    kept.lead_id = changed_leads.lead_id
    and not exists (
        select 1
        from raw.leads_incoming as incoming
        where incoming.lead_id = kept.lead_id and incoming.agent_id = kept.agent_id
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
