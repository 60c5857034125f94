{{ config(meta={'dagster': {'ref': {'name': 'agent_funnel'}}}) }}
-- Funnel and KPIs have the same leads and the same conversion rate.
select
    kpis.agent_id,
    kpis.date_range,
    kpis.leads_handled,
    funnel.assigned,
    kpis.conversion_rate_pct,
    funnel.conversion_rate_pct as funnel_conversion_rate_pct
from {{ ref('agent_kpis') }} as kpis
left join {{ ref('agent_funnel') }} as funnel
    on kpis.agent_id = funnel.agent_id and kpis.date_range = funnel.date_range
where
    {{ only_checked_agents('kpis.agent_id') }}
    and (kpis.leads_handled, kpis.leads_converted, kpis.conversion_rate_pct)
    is distinct from (funnel.assigned, funnel.converted, funnel.conversion_rate_pct)
