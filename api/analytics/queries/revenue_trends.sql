-- One of the list per bucket of the period, oldest first, zero where nothing was earned; with
-- the agent's best day, its month so far, and the month's change.
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
    array_to_json(array(
        select row_to_json(listed)
        from (
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
        ) as listed
    )) as data,
    (
        select row_to_json(insights)
        from (
            select
                case when summary.best_date is not null then row_to_json(best_day) end as "bestDay",
                coalesce(summary.month_total, 0.00) as "monthTotal",
                case when month_trend.agent_id is null then 0.0 else month_trend.change end
                    as "monthChange"
            from (values (1)) as always (one_row)  -- noqa: ST11
            left join serving.agent_revenue_summary as summary on summary.agent_id = %(agent_id)s
            left join serving.agent_month_trend as month_trend
                on month_trend.agent_id = %(agent_id)s
            cross join lateral (
                select
                    summary.best_date as date,
                    summary.best_date_revenue as revenue
            ) as best_day
        ) as insights
    ) as insights
