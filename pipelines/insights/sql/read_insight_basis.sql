select agent_id, date_range, metric, value from insights.insight_basis
