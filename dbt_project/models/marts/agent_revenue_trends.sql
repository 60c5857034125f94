with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

days as (
    select agent_id, date, revenue_generated
    from {{ ref('agent_performance_metrics') }}
    where {{ only_changed_agents('agent_id') }} and date <= {{ as_of_date() }}
),

buckets as (
    select
        'daily' as period,
        {{ as_of_date() }} - steps as starts_on,
        {{ as_of_date() }} - steps + 1 as ends_before
    from generate_series(0, 29) as steps
    union all
    select
        'weekly' as period,
        date_trunc('week', {{ as_of_date() }}::timestamp)::date - 7 * steps as starts_on,
        date_trunc('week', {{ as_of_date() }}::timestamp)::date - 7 * steps + 7 as ends_before
    from generate_series(0, 11) as steps
    union all
    select
        'monthly' as period,
        (
            date_trunc('month', {{ as_of_date() }}::timestamp) - steps * interval '1 month'
        )::date as starts_on,
        (
            date_trunc('month', {{ as_of_date() }}::timestamp) - (steps - 1) * interval '1 month'
        )::date as ends_before
    from generate_series(0, 11) as steps
),

earned as (
    select
        days.agent_id,
        buckets.period,
        buckets.starts_on,
        sum(days.revenue_generated) as revenue
    from days
    inner join buckets on days.date >= buckets.starts_on and days.date < buckets.ends_before
    group by days.agent_id, buckets.period, buckets.starts_on
)

select
    agents.agent_id,
    buckets.period,
    buckets.starts_on as date,
    coalesce(earned.revenue, 0)::numeric(24, 2) as revenue
from agents
cross join buckets
left join earned
    on
        agents.agent_id = earned.agent_id
        and buckets.period = earned.period
        and buckets.starts_on = earned.starts_on
