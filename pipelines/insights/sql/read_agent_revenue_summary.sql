select * from marts.agent_revenue_summary
