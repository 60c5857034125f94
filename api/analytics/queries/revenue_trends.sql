-- One of each list per bucket, oldest first, zero where nothing was earned: of the period, and by
-- position of the earlier one; without a period the last 30 days, 12 weeks or 12 months. With the
-- best day of these dates, the agent's month so far, and the month's change.
with build as (
    select
        as_of,
        periods,
        periods -> %(date_range)s::text as spans,
        case when week_starts_on = 'sunday' then 1 else 0 end as shift
    from serving.builds
    order by build_id desc
    limit 1
),

period as (
    select
        build.*,
        coalesce(
            (build.spans #>> '{shown,from}')::date,
            case %(period)s::text
                when 'daily' then build.as_of - 29
                when 'weekly'
                    then
                        date_trunc('week', (build.as_of + build.shift)::timestamp)::date
                        - build.shift - 77
                else (date_trunc('month', build.as_of::timestamp) - interval '11 months')::date
            end
        ) as first_date,
        coalesce((build.spans #>> '{shown,to}')::date, build.as_of) as last_date,
        case %(compare)s::text
            when 'year' then build.spans -> 'year_whole'
            else build.spans -> 'previous_whole'
        end as earlier
    from build
),

sides as (
    select
        'data' as side,
        period.shift,
        period.first_date,
        period.last_date
    from period
    union all
    select
        'previous' as side,
        period.shift,
        (period.earlier ->> 'from')::date as first_date,
        least(
            (period.earlier ->> 'to')::date,
            (period.earlier ->> 'from')::date + (period.last_date - period.first_date)
        ) as last_date
    from period
    where period.earlier is not null
    union all
    select
        'best' as side,
        period.shift,
        case when period.spans is null then period.as_of - 29 else period.first_date end
            as first_date,
        period.last_date
    from period
),

buckets as (
    select
        sides.side,
        starts.date::date as date,
        greatest(starts.date::date, sides.first_date) as first_date,
        least((starts.date + sizes.size)::date - 1, sides.last_date) as last_date
    from sides
    cross join
        lateral (  -- noqa: ST05
            select
                case
                    when sides.side = 'best' or %(period)s::text = 'daily' then interval '1 day'
                    when %(period)s::text = 'weekly' then interval '7 days'
                    else interval '1 month'
                end as size
        ) as sizes
    cross join
        lateral generate_series(
            case sizes.size
                when interval '1 day' then sides.first_date::timestamp
                when interval '7 days'
                    then
                        date_trunc('week', (sides.first_date + sides.shift)::timestamp)
                        - sides.shift * interval '1 day'
                else date_trunc('month', sides.first_date::timestamp)
            end,
            sides.last_date::timestamp,
            sizes.size
        ) as starts (date)
),

days as (
    select
        daily.date,
        daily.revenue_generated
    from serving.agent_performance_metrics as daily
    where
        daily.agent_id = %(agent_id)s
        and daily.date >= (
            select
                least(
                    min(sides.first_date),
                    date_trunc('month', max(period.as_of)::timestamp)::date
                )
            from sides
            cross join period
        )
),

earned as (
    select
        buckets.side,
        buckets.date,
        coalesce(sum(days.revenue_generated), 0.00) as revenue
    from buckets
    left join days on days.date between buckets.first_date and buckets.last_date
    group by buckets.side, buckets.date
),

best as (
    select
        earned.date,
        earned.revenue
    from earned
    where earned.side = 'best' and earned.revenue > 0
    order by earned.revenue desc, earned.date asc
    limit 1
),

month_trend as (
    select details::json -> 'revenue' as revenue from serving.agent_trends
    where agent_id = %(agent_id)s and date_range = 'mtd' and compare = 'previous'
)

select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                earned.date,
                earned.revenue
            from earned
            where earned.side = 'data'
            order by earned.date
        ) as listed
    )) as data,
    case
        when period.earlier is not null
            then
                array_to_json(array(
                    select row_to_json(listed)
                    from (
                        select
                            earned.date,
                            earned.revenue
                        from earned
                        where earned.side = 'previous'
                        order by earned.date
                    ) as listed
                ))
    end as previous,
    (
        select row_to_json(insights)
        from (
            select
                (select row_to_json(best) from best) as "bestDay",
                (
                    select coalesce(sum(days.revenue_generated), 0.00) from days
                    where
                        days.date between date_trunc('month', period.as_of::timestamp)::date
                        and period.as_of
                ) as "monthTotal",
                case
                    when month_trend.revenue is not null then month_trend.revenue -> 'change'
                    when period.periods -> 'mtd' ? 'previous' then '0.0'::json
                end as "monthChange",
                case
                    when month_trend.revenue is not null then month_trend.revenue ->> 'reason'
                    when not period.periods -> 'mtd' ? 'previous' then 'no_complete_day'
                end as "monthChangeReason",
                coalesce(month_trend.revenue -> 'isNotable', 'false'::json)
                    as "isMonthChangeNotable"
            from (values (1)) as always (one_row)  -- noqa: ST11
            left join month_trend on true
        ) as insights
    ) as insights
from period
