{{ config(meta={'dagster': {'ref': {'name': 'agent_kpis'}}}) }}
-- Each window is the sum of its days, and the days of the last month are those of the series.
with days as (
    select
        metrics.agent_id,
        windows.date_range,
        windows.period,
        sum(metrics.leads_assigned) as leads_handled,
        sum(metrics.leads_converted) as leads_converted,
        sum(metrics.revenue_generated) as total_revenue,
        sum(metrics.response_hours_total) as response_hours_total
    from {{ ref('agent_performance_metrics') }} as metrics
    inner join {{ ref('int_windows') }} as windows
        on metrics.date between windows.starts_on and windows.ends_on
    where
        metrics.agent_id <> ''
        and windows.date_range = 30
        and {{ only_checked_agents('metrics.agent_id') }}
    group by metrics.agent_id, windows.date_range, windows.period
),

series as (
    select
        agent_id,
        sum(revenue) as revenue
    from {{ ref('agent_revenue_trends') }}
    where period = 'daily' and {{ only_checked_agents('agent_id') }}
    group by agent_id
)

select
    kpis.agent_id,
    kpis.period,
    kpis.leads_handled,
    days.leads_handled as leads_of_days,
    kpis.total_revenue,
    days.total_revenue as revenue_of_days,
    series.revenue as revenue_of_series
from {{ ref('agent_kpis') }} as kpis
left join days on kpis.agent_id = days.agent_id and kpis.period = days.period
left join series on kpis.agent_id = series.agent_id and kpis.period = 'current'
where
    kpis.date_range = 30
    and {{ only_checked_agents('kpis.agent_id') }}
    and (
        (kpis.leads_handled, kpis.leads_converted, kpis.total_revenue, kpis.response_hours_total)
        is distinct from (
            coalesce(days.leads_handled, 0),
            coalesce(days.leads_converted, 0),
            coalesce(days.total_revenue, 0),
            coalesce(days.response_hours_total, 0)
        )
        or (kpis.period = 'current' and kpis.total_revenue is distinct from series.revenue)
    )
