-- Agents that have leads.
select distinct {assigned_agent_id}::text as agent_id
from {table}
where {assigned_agent_id} is not null and {assigned_agent_id} <> ''
order by agent_id
