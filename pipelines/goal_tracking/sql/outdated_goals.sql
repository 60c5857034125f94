select
    agent_id,
    goal_id,
    goal_type,
    period,
    period_start,
    period_end,
    target,
    as_of,
    elapsed_days,
    status,
    current,
    needed_per_day,
    version,
    is_outdated,
    current_value,
    achieved_at,
    closed_at,
    description
from insights.goal_progress
where is_outdated
order by goal_id
