create index concurrently agent_analytics_activities_changed
on public.agent_activity_log (changed_in) where changed_in is not null;
