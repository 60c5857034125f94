with kpis as (
    select * from {{ ref('agent_kpis') }}
    where {{ only_changed_agents('agent_id') }}
)

select
    agent_id,
    date_range,
    leads_handled as assigned,
    leads_contacted as contacted,
    leads_interested as interested,
    leads_converted as converted,
    {{ pct('leads_contacted', 'leads_handled') }}::numeric(4, 1) as contact_rate_pct,
    {{ pct('leads_interested', 'leads_handled') }}::numeric(4, 1) as interest_rate_pct,
    conversion_rate_pct,
    {{ pct('leads_contacted', 'leads_handled') }}::numeric(4, 1) as contacted_of_assigned_pct,
    {{ pct('leads_interested', 'leads_contacted') }}::numeric(4, 1) as interested_of_contacted_pct,
    {{ pct('leads_converted', 'leads_interested') }}::numeric(4, 1) as converted_of_interested_pct
from kpis
