select agent_id, date, leads_assigned, conversions_booked, revenue_generated
from marts.agent_performance_metrics
where agent_id = any({agents}) and date >= {first_date}
order by agent_id, date
