-- The agent's open goals and then its closed ones, each newest period first.
select
    {goal_columns}
from public.agent_goals as goal
where goal.agent_id = %(agent_id)s
order by
    (goal.closed_at is not null),
    goal.period_start desc,
    goal.period asc,
    goal.goal_type asc,
    goal.id asc
limit 100
