create index concurrently agent_analytics_leads_updated on {leads} ({updated_at});
