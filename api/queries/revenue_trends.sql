-- One row per bucket of the period, oldest first, zero where nothing was earned.
with build as (
    select
        as_of,
        date_trunc('week', as_of::timestamp)::date as this_monday,
        date_trunc('month', as_of::timestamp) as this_month
    from serving.builds
    order by build_id desc
    limit 1
),

buckets as (
    select build.as_of - day as date
    from build, generate_series(0, 29) as day
    where %(period)s = 'daily'
    union all
    select build.this_monday - 7 * week
    from build, generate_series(0, 11) as week
    where %(period)s = 'weekly'
    union all
    select (build.this_month - make_interval(months => month))::date
    from build, generate_series(0, 11) as month
    where %(period)s = 'monthly'
)

select
    buckets.date,
    coalesce(trend.revenue, 0.00) as revenue
from buckets
left join serving.agent_revenue_trends as trend
    on
        trend.agent_id = %(agent_id)s
        and trend.period = %(period)s
        and trend.date = buckets.date
order by buckets.date
