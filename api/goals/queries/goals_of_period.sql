-- The agent's goals of one period, locked until the transaction ends.
select
    {goal_columns}
from public.agent_goals
where
    agent_id = %(agent_id)s
    and period = %(period)s
    and period_start = %(period_start)s
order by goal_type, id
for update
