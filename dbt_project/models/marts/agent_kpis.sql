with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

days as (
    select * from {{ ref('agent_performance_metrics') }}
    where {{ only_changed_agents('agent_id') }}
),

response_times as (
    select * from {{ ref('agent_response_times') }}
),

this_week as (
    select
        agent_id,
        sum(leads_assigned) as leads_this_week
    from days
    where
        date between date_trunc('week', {{ as_of_date() }}::timestamp)::date
        and {{ as_of_date() }}
    group by agent_id
),

summed as (
    select
        agents.agent_id,
        windows.date_range,
        windows.period,
        -- generated: period-sums days
        coalesce(sum(days.leads_assigned), 0)::bigint as leads_handled,
        coalesce(sum(days.leads_contacted), 0)::bigint as leads_contacted,
        coalesce(sum(days.leads_interested), 0)::bigint as leads_interested,
        coalesce(sum(days.leads_converted), 0)::bigint as leads_converted,
        coalesce(sum(days.revenue_generated), 0)::numeric(24, 2) as total_revenue,
        coalesce(sum(days.conversions_booked), 0)::bigint as conversions_booked,
        coalesce(sum(days.response_hours_total), 0)::numeric(20, 6) as response_hours_total,
        coalesce(sum(days.response_count), 0)::bigint as response_count,
        coalesce(sum(days.satisfaction_total), 0)::bigint as satisfaction_total,
        coalesce(sum(days.satisfaction_count), 0)::bigint as satisfaction_count
        -- end generated
    from agents
    cross join windows
    left join days
        on
            agents.agent_id = days.agent_id
            and days.date between windows.starts_on and windows.ends_on
    group by agents.agent_id, windows.date_range, windows.period
)

select
    summed.*,
    coalesce(this_week.leads_this_week, 0)::bigint as leads_this_week,
    {{ pct('summed.leads_converted', 'summed.leads_handled') }}::numeric(4, 1)
        as conversion_rate_pct,
    {{ ratio('summed.response_hours_total', 'summed.response_count') }}::numeric(14, 1)
        as response_time_hours,
    response_times.median_hours::numeric(14, 1) as response_time_median_hours,
    response_times.median_exact_hours::numeric(15, 7) as response_time_median_exact_hours,
    {{ ratio('summed.satisfaction_total', 'summed.satisfaction_count') }}::numeric(2, 1)
        as satisfaction_score
from summed
left join this_week on summed.agent_id = this_week.agent_id
left join response_times
    on
        summed.agent_id = response_times.agent_id
        and summed.date_range = response_times.date_range
        and summed.period = response_times.period
