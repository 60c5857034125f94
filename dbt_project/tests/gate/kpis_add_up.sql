{{ config(meta={'dagster': {'ref': {'name': 'agent_kpis'}}}) }}
-- Each window is the sum of its days, and the days of the last month are those of the series.
with days as (
    select
        metrics.agent_id,
        windows.date_range,
        windows.period,
        -- generated: period-sums metrics
        coalesce(sum(metrics.leads_assigned), 0)::bigint as leads_handled,
        coalesce(sum(metrics.leads_contacted), 0)::bigint as leads_contacted,
        coalesce(sum(metrics.leads_interested), 0)::bigint as leads_interested,
        coalesce(sum(metrics.leads_converted), 0)::bigint as leads_converted,
        coalesce(sum(metrics.revenue_generated), 0)::numeric(24, 2) as total_revenue,
        coalesce(sum(metrics.conversions_booked), 0)::bigint as conversions_booked,
        coalesce(sum(metrics.response_hours_total), 0)::numeric(20, 6) as response_hours_total,
        coalesce(sum(metrics.response_count), 0)::bigint as response_count,
        coalesce(sum(metrics.satisfaction_total), 0)::bigint as satisfaction_total,
        coalesce(sum(metrics.satisfaction_count), 0)::bigint as satisfaction_count
        -- end generated
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
        (kpis.period = 'current' and kpis.total_revenue is distinct from series.revenue)
        -- generated: differing kpis kpis days
        or coalesce(kpis.leads_handled, 0) <> coalesce(days.leads_handled, 0)
        or coalesce(kpis.leads_contacted, 0) <> coalesce(days.leads_contacted, 0)
        or coalesce(kpis.leads_interested, 0) <> coalesce(days.leads_interested, 0)
        or coalesce(kpis.leads_converted, 0) <> coalesce(days.leads_converted, 0)
        or coalesce(kpis.total_revenue, 0) <> coalesce(days.total_revenue, 0)
        or coalesce(kpis.conversions_booked, 0) <> coalesce(days.conversions_booked, 0)
        or coalesce(kpis.response_hours_total, 0) <> coalesce(days.response_hours_total, 0)
        or coalesce(kpis.response_count, 0) <> coalesce(days.response_count, 0)
        or coalesce(kpis.satisfaction_total, 0) <> coalesce(days.satisfaction_total, 0)
        or coalesce(kpis.satisfaction_count, 0) <> coalesce(days.satisfaction_count, 0)
        -- end generated
    )
