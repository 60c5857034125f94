create temporary table changed_activities on commit drop as
select incoming.activity_id
from raw.agent_activity_log_incoming as incoming
left join raw.agent_activity_log as stored on incoming.activity_id = stored.activity_id
where
    stored.activity_id is null
    or (
        stored.agent_id, stored.lead_id, stored.activity_type, stored.revenue_text,
        stored.currency, stored.origin, stored.is_automated, stored.occurred_at, stored.changed_at
    ) is distinct from (
        incoming.agent_id, incoming.lead_id, incoming.activity_type, incoming.revenue_text,
        incoming.currency, incoming.origin, incoming.is_automated, incoming.occurred_at,
        incoming.changed_at
    )
union all
select stored.activity_id
from raw.agent_activity_log as stored
where
    {is_whole}
    and not exists (
        select 1
        from raw.agent_activity_log_incoming as incoming
        where incoming.activity_id = stored.activity_id
    );

-- Leads of the changed activities, before and after the change.
create temporary table changed_leads on commit drop as
select stored.lead_id
from raw.agent_activity_log as stored
inner join changed_activities on stored.activity_id = changed_activities.activity_id
where stored.lead_id is not null
union
select incoming.lead_id
from raw.agent_activity_log_incoming as incoming
inner join changed_activities on incoming.activity_id = changed_activities.activity_id
where incoming.lead_id is not null;

{changed_days_of_leads};

{changed_days_of_activities};

delete from raw.agent_activity_log as stored
using changed_activities
where
    stored.activity_id = changed_activities.activity_id
    and not exists (
        select 1
        from raw.agent_activity_log_incoming as incoming
        where incoming.activity_id = stored.activity_id and incoming.agent_id = stored.agent_id
    );

insert into raw.agent_activity_log
select incoming.*
from raw.agent_activity_log_incoming as incoming
inner join changed_activities on incoming.activity_id = changed_activities.activity_id
on conflict (agent_id, activity_id) do update set
    lead_id = excluded.lead_id,
    activity_type = excluded.activity_type,
    revenue_text = excluded.revenue_text,
    currency = excluded.currency,
    origin = excluded.origin,
    is_automated = excluded.is_automated,
    occurred_at = excluded.occurred_at,
    changed_at = excluded.changed_at;

{changed_days_of_leads};

{changed_days_of_activities}
