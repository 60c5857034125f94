select * from marts.agent_kpis
