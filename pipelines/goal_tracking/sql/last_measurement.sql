select
    measurement.failure,
    measurement.marts_built_at = refreshes.marts_built_at as is_served,
    (select count(*) from insights.goal_progress) as goals
from insights.goal_measurement as measurement
left join serving.refreshes as refreshes on true
