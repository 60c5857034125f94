-- Activities as agents see them. A sale that the CRM logs besides the trigger is one entry, the
-- logged one; of the trigger's conversions of a lead the newest is shown. Both as it counts.
select
    log.id,
    log.agent_id,
    log.activity_type,
    log.title,
    log.description,
    log.timestamp,
    log.recorded_at,
    log.changed_in,
    (
        case when jsonb_typeof(log.metadata) = 'object' then log.metadata else '{}' end
        || case
            when log.lead_id is not null then jsonb_build_object('leadId', log.lead_id)
            -- log_agent_activity stores a lead id too long for the column here.
            when jsonb_typeof(log.metadata -> 'lead_id') = 'string'
                then jsonb_build_object('leadId', log.metadata -> 'lead_id')
            else '{}'
        end
        || case
            when log.activity_type = 'conversion'
                then jsonb_build_object('revenue', {revenue})
            else '{}'
        end
    )::text as metadata
from public.agent_activity_log as log
where
    log.activity_type <> 'conversion'
    or log.metadata ->> 'origin' is distinct from 'trigger'
    or {revenue} < 0
    or not exists (
        select 1
        from (
            select
                entry.id as activity_id,
                entry.timestamp as occurred_at,
                coalesce(entry.metadata ->> 'origin' = 'trigger', false) as is_logged_by_trigger
            from public.agent_activity_log as entry
            where
                entry.agent_id = log.agent_id
                -- Implied by the next condition, which Postgres searches no index for: functions
                -- on JSON are not leakproof, and row-level security has to come before them.
                and (entry.lead_id = {lead_id} or entry.lead_id is null)
                and {entry_lead_id} = {lead_id}
                and entry.activity_type = 'conversion'
                and coalesce({entry_revenue}, 0) >= 0
        ) as other
        inner join (select log.id as activity_id, log.timestamp as occurred_at) as conversion
            on ({is_superseded})  -- noqa: references.qualification
    )
