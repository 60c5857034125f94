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
        from public.agent_activity_log as other
        where
            other.agent_id = log.agent_id
            and other.lead_id = log.lead_id
            and other.activity_type = 'conversion'
            and coalesce({other_revenue}, 0) >= 0
            and case
                when other.metadata ->> 'origin' = 'trigger'
                    then (other.timestamp, other.id) > (log.timestamp, log.id)
                else {is_one_sale}
            end
    )
