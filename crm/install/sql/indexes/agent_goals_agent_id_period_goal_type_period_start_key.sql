create unique index concurrently agent_goals_agent_id_period_goal_type_period_start_key
on public.agent_goals (agent_id, period, goal_type, period_start);
