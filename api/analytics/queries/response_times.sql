-- Response times of the window's leads, how many fell into each bucket, and the rolling means of
-- every date of the window, oldest first, nulls where no lead was answered.
select
    -- generated: select-or-zero agent_response_times response-times . times ...
    times.mean_hours as mean,
    times.median_hours as median,
    times.p90_hours as p90,
    coalesce(times.unresponded_count, 0) as unresponded,
    coalesce(times.waiting_count, 0) as waiting,
    coalesce(times.inherited_count, 0) as inherited,
    -- end generated
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
        select row_to_json(listed)
        from (
            select
                build.as_of - day as date,
                -- generated: select agent_response_rolling response-times rolling[] rolling
                rolling.rolling_7d_hours as "rolling7dHours",
                rolling.rolling_30d_hours as "rolling30dHours"
                -- end generated
            from (
                select as_of from serving.builds
                order by build_id desc limit 1
            ) as build
            cross join generate_series(0, %(date_range)s::int - 1) as day
            left join serving.agent_response_rolling as rolling
                on rolling.agent_id = %(agent_id)s and rolling.date = build.as_of - day
            order by date
        ) as listed
    )) as rolling
from (values (1)) as always (one_row)  -- noqa: ST11
left join serving.agent_response_times as times
    on times.agent_id = %(agent_id)s and times.date_range = %(date_range)s
