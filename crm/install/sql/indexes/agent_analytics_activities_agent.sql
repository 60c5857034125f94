create index concurrently agent_analytics_activities_agent
on public.agent_activity_log (agent_id, timestamp);
