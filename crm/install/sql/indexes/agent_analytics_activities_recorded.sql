create index concurrently agent_analytics_activities_recorded
on public.agent_activity_log (recorded_at);
