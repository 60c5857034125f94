create index concurrently agent_analytics_goals_changed
on public.agent_goals (changed_in) where changed_in is not null;
