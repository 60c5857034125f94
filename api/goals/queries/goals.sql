-- The agent's open goals and then its closed ones, each newest period first.
select
    goal.id,
    goal.agent_id,
    goal.goal_type,
    goal.period,
    target_value::numeric as target_value,
    to_char(period_start, 'YYYY-MM-DD') as period_start,
    to_char(period_end, 'YYYY-MM-DD') as period_end,
    goal.achieved_at,
    goal.closed_at
from public.agent_goals as goal
where goal.agent_id = %(agent_id)s
order by
    (goal.closed_at is not null),
    goal.period_start desc,
    goal.period asc,
    goal.goal_type asc,
    goal.id asc
limit 100
