-- Response times of the period's leads, how many fell into each bucket, and the rolling means of
-- every date of the period, oldest first, nulls where no lead was answered.
with period as (
    select
        (periods #>> array[%(date_range)s::text, 'shown', 'from'])::date as first_date,
        (periods #>> array[%(date_range)s::text, 'shown', 'to'])::date as last_date
    from serving.builds
    order by build_id desc
    limit 1
),

-- The first of the sums over 30 days begins 29 days before the period.
days as (
    select
        period.first_date,
        calendar.date::date as date,
        daily.response_hours_total,
        daily.response_count
    from period
    cross join
        generate_series(
            (period.first_date - 29)::timestamp, period.last_date::timestamp, interval '1 day'
        ) as calendar (date)
    left join serving.agent_performance_metrics as daily
        on daily.agent_id = %(agent_id)s and daily.date = calendar.date::date
),

summed as (
    select
        days.first_date,
        days.date,
        sum(days.response_hours_total) over week as hours_7d,
        sum(days.response_count) over week as count_7d,
        sum(days.response_hours_total) over month as hours_30d,
        sum(days.response_count) over month as count_30d
    from days
    window
        week as (order by days.date rows between 6 preceding and current row),
        month as (order by days.date rows between 29 preceding and current row)
),

rolling as (
    select
        summed.date,
        round(summed.hours_7d / nullif(summed.count_7d, 0), 1) as "rolling7dHours",
        round(summed.hours_30d / nullif(summed.count_30d, 0), 1) as "rolling30dHours"
    from summed
    where summed.date >= summed.first_date
)

select
    -- generated: select-or-zero agent_response_times response-times . times ...
    times.mean_hours as mean,
    times.median_hours as median,
    times.p90_hours as p90,
    coalesce(times.unresponded_count, 0) as unresponded,
    coalesce(times.waiting_count, 0) as waiting,
    coalesce(times.inherited_count, 0) as inherited,
    -- end generated
    case
        when times.business_mean_hours is not null
            then
                json_build_object(
                    'mean', times.business_mean_hours,
                    'median', times.business_median_hours,
                    'buckets', array(
                        select json_build_object('bucket', counted.bucket, 'count', counted.count)
                        from (
                            values
                            ('0-1h', times.business_under_1h_count),
                            ('1-4h', times.business_from_1h_to_4h_count),
                            ('4-8h', times.business_from_4h_to_8h_count),
                            ('8-24h', times.business_from_8h_to_24h_count),
                            ('24h+', times.business_from_24h_count)
                        ) as counted (bucket, count)
                    )
                )
    end as business,
    array_to_json(array(
        select row_to_json(counted)
        from (
            values
            ('0-1h', coalesce(times.under_1h_count, 0)),
            ('1-4h', coalesce(times.from_1h_to_4h_count, 0)),
            ('4-8h', coalesce(times.from_4h_to_8h_count, 0)),
            ('8-24h', coalesce(times.from_8h_to_24h_count, 0)),
            ('24h+', coalesce(times.from_24h_count, 0))
        ) as counted (bucket, count)
    )) as buckets,
    array_to_json(array(
        select row_to_json(rolling) from rolling
        order by rolling.date
    )) as rolling
from (values (1)) as always (one_row)  -- noqa: ST11
left join serving.agent_response_times as times
    on times.agent_id = %(agent_id)s and times.date_range = %(date_range)s
