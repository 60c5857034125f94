-- One row per goal that is not closed; a row that is no goal of ours, in a table that the CRM had
-- before, is left alone. xmin is new whenever a row is.
select
    goal.id as goal_id,
    goal.agent_id,
    goal.goal_type,
    goal.period,
    goal.target_value::numeric as target,
    goal.period_start,
    goal.period_end,
    goal.achieved_at,
    goal.closed_at,
    goal.current_value::numeric as current_value,
    goal.xmin::text as version
from public.agent_goals as goal
where
    goal.closed_at is null
    and goal.agent_id <> ''
    and goal.goal_type in ('conversions', 'revenue', 'response_time')
    and goal.period in ('monthly', 'quarterly', 'yearly')
    and goal.target_value > 0
    and goal.target_value < 1000000000000
    and goal.period_start >= '0001-01-01'
    and goal.period_end between goal.period_start and '9999-12-31'
order by goal.id
