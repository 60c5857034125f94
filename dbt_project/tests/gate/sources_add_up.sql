{{ config(meta={'dagster': {'ref': {'name': 'agent_lead_sources'}}}) }}
-- Leads, revenue and conversions summed over all sources equal those of the KPIs.
with sources as (
    select
        agent_id,
        date_range,
        sum(lead_count) as lead_count,
        sum(converted_count) as converted_count,
        sum(revenue) as revenue,
        sum(conversions_booked) as conversions_booked
    from {{ ref('agent_lead_sources') }}
    where {{ only_checked_agents('agent_id') }}
    group by agent_id, date_range
)

select
    kpis.agent_id,
    kpis.date_range,
    kpis.leads_handled,
    sources.lead_count,
    kpis.total_revenue,
    sources.revenue
from {{ ref('agent_kpis') }} as kpis
left join sources on kpis.agent_id = sources.agent_id and kpis.date_range = sources.date_range
where
    {{ only_checked_agents('kpis.agent_id') }}
    and (
        kpis.leads_handled, kpis.leads_converted, kpis.total_revenue, kpis.conversions_booked
    ) is distinct from (
        coalesce(sources.lead_count, 0),
        coalesce(sources.converted_count, 0),
        coalesce(sources.revenue, 0),
        coalesce(sources.conversions_booked, 0)
    )
