-- The agent's open goals and then its closed ones, each newest period first.
select
    id,
    agent_id,
    goal_type,
    period,
    target_value::numeric as target_value,
    to_char(period_start, 'YYYY-MM-DD') as period_start,
    to_char(period_end, 'YYYY-MM-DD') as period_end,
    achieved_at,
    closed_at
from public.agent_goals as goal
where agent_id = %(agent_id)s
order by (closed_at is not null), goal.period_start desc, period, goal_type, id
limit 100
