create index concurrently agent_analytics_leads_agent on {leads} ({assigned_agent_id});
