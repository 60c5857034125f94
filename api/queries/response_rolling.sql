-- One row per date of the window, oldest first, nulls where no lead was answered.
select
    build.as_of - day as date,
    rolling.rolling_7d_hours,
    rolling.rolling_30d_hours
from (
    select as_of from serving.builds
    order by build_id desc limit 1
) as build
cross join generate_series(0, %(date_range)s::int - 1) as day
left join serving.agent_response_rolling as rolling
    on rolling.agent_id = %(agent_id)s and rolling.date = build.as_of - day
order by date
