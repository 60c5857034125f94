create index concurrently agent_analytics_leads_disposition
on {leads} ({disposition}, {assigned_agent_id});
