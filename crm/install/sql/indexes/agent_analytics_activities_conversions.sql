create index concurrently agent_analytics_activities_conversions
on public.agent_activity_log (agent_id, lead_id) where activity_type = 'conversion';
