-- One row: response times of the window's leads, and how many fell into each bucket.
select
    times.mean_hours as mean,
    times.median_hours as median,
    times.p90_hours as p90,
    coalesce(times.unresponded_count, 0) as unresponded,
    coalesce(times.under_1h_count, 0) as under_1h_count,
    coalesce(times.from_1h_to_4h_count, 0) as from_1h_to_4h_count,
    coalesce(times.from_4h_to_8h_count, 0) as from_4h_to_8h_count,
    coalesce(times.from_8h_to_24h_count, 0) as from_8h_to_24h_count,
    coalesce(times.from_24h_count, 0) as from_24h_count
from (values (1)) as always (one_row)  -- noqa: ST11
left join serving.agent_response_times as times
    on times.agent_id = %(agent_id)s and times.date_range = %(date_range)s
