-- The agent's goal, unless it is closed or its period is over.
delete from public.agent_goals
where
    agent_id = %(agent_id)s
    and id = %(goal_id)s
    and closed_at is null
    and period_end >= %(today)s
returning id
