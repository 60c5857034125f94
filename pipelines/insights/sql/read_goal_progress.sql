-- Open goals in a period that contains the as-of date.
select
    agent_id,
    goal_id,
    goal_type,
    period,
    status,
    target,
    current,
    needed_per_day,
    elapsed_days
from insights.goal_progress
where as_of between period_start and period_end
