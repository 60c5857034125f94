with daily as (
    select * from {{ ref('agent_revenue_trends') }}
    where period = 'daily' and {{ only_changed_agents('agent_id') }}
),

months as (
    select * from {{ ref('agent_revenue_trends') }}
    where
        period = 'monthly'
        and date = date_trunc('month', {{ as_of_date() }}::timestamp)::date
        and {{ only_changed_agents('agent_id') }}
),

days as (
    select agent_id, date, revenue_generated
    from {{ ref('agent_performance_metrics') }}
    where {{ only_changed_agents('agent_id') }}
),

-- The first days of both months: as many as this month has had, and the month before has at all.
spans as (
    select
        date_trunc('month', {{ as_of_date() }}::timestamp)::date as month_starts_on,
        (date_trunc('month', {{ as_of_date() }}::timestamp) - interval '1 month')::date
            as previous_month_starts_on,
        least(
            extract(day from {{ as_of_date() }}),
            extract(day from date_trunc('month', {{ as_of_date() }}::timestamp) - interval '1 day')
        )::integer as day_count
),

compared as (
    select
        days.agent_id,
        sum(days.revenue_generated) filter (
            where days.date between spans.month_starts_on
            and spans.month_starts_on + spans.day_count - 1
        ) as revenue_to_date,
        sum(days.revenue_generated) filter (
            where days.date between spans.previous_month_starts_on
            and spans.previous_month_starts_on + spans.day_count - 1
        ) as previous_revenue_to_date
    from days
    cross join spans
    where days.date between spans.previous_month_starts_on and {{ as_of_date() }}
    group by days.agent_id
),

best as (
    select distinct on (agent_id)
        agent_id,
        date as best_date,
        revenue as best_date_revenue
    from daily
    where revenue > 0
    order by agent_id asc, revenue desc, date asc
)

select
    months.agent_id,
    best.best_date,
    best.best_date_revenue::numeric(24, 2) as best_date_revenue,
    months.revenue::numeric(24, 2) as month_total,
    coalesce(compared.revenue_to_date, 0)::numeric(24, 2) as month_revenue_to_date,
    coalesce(compared.previous_revenue_to_date, 0)::numeric(24, 2)
        as previous_month_revenue_to_date
from months
left join compared on months.agent_id = compared.agent_id
left join best on months.agent_id = best.agent_id
