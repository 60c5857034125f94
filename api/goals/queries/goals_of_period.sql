-- The agent's goals of one period, locked until the transaction ends.
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
from public.agent_goals
where
    agent_id = %(agent_id)s
    and period = %(period)s
    and period_start = %(period_start)s
order by goal_type, id
for update
