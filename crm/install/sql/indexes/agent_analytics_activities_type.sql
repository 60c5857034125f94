create index concurrently agent_analytics_activities_type
on public.agent_activity_log (activity_type);
