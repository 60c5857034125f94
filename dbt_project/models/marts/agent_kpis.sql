with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

periods as (
    select * from {{ ref('int_periods') }}
    where span = 'shown'
),

sums as (
    select * from {{ ref('agent_period_sums') }}
    where {{ only_changed_agents('agent_id') }}
),

this_week as (
    select
        agent_id,
        sum(leads_assigned) as leads_this_week
    from {{ ref('agent_performance_metrics') }}
    where
        date between {{ week_start(as_of_date()) }} and {{ as_of_date() }}
        and {{ only_changed_agents('agent_id') }}
    group by agent_id
),

summed as (
    select
        agents.agent_id,
        periods.date_range,
        sums.response_median_hours as response_time_median_exact_hours,
        -- generated: period-columns sums
        coalesce(sums.leads_assigned, 0)::bigint as leads_handled,
        coalesce(sums.leads_contacted, 0)::bigint as leads_contacted,
        coalesce(sums.leads_interested, 0)::bigint as leads_interested,
        coalesce(sums.leads_converted, 0)::bigint as leads_converted,
        coalesce(sums.revenue_generated, 0)::numeric(24, 2) as total_revenue,
        coalesce(sums.conversions_booked, 0)::bigint as conversions_booked,
        coalesce(sums.response_hours_total, 0)::numeric(20, 6) as response_hours_total,
        coalesce(sums.response_count, 0)::bigint as response_count,
        coalesce(sums.business_hours_total, 0)::numeric(20, 6) as business_hours_total,
        coalesce(sums.business_response_count, 0)::bigint as business_response_count,
        coalesce(sums.satisfaction_total, 0)::bigint as satisfaction_total,
        coalesce(sums.satisfaction_count, 0)::bigint as satisfaction_count
        -- end generated
    from agents
    cross join periods
    left join sums
        on
            agents.agent_id = sums.agent_id
            and periods.starts_on = sums.starts_on
            and periods.ends_on = sums.ends_on
            and periods.known_on = sums.known_on
)

select
    summed.agent_id,
    summed.date_range,
    -- generated: columns kpis summed ...
    summed.leads_handled,
    summed.leads_contacted,
    summed.leads_interested,
    summed.leads_converted,
    summed.total_revenue,
    summed.conversions_booked,
    summed.response_hours_total,
    summed.response_count,
    summed.business_hours_total,
    summed.business_response_count,
    summed.satisfaction_total,
    summed.satisfaction_count,
    -- end generated
    coalesce(this_week.leads_this_week, 0)::bigint as leads_this_week,
    {{ kpi_ratios('summed') }},
    summed.response_time_median_exact_hours::numeric(15, 7) as response_time_median_exact_hours
from summed
left join this_week on summed.agent_id = this_week.agent_id
