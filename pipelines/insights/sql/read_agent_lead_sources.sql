select agent_id, date_range, source, lead_count, converted_count
from marts.agent_lead_sources
where agent_id = any({agents})
order by agent_id, date_range, source
