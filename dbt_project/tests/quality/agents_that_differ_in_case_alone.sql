{{ config(severity='warn') }}
-- Served as different agents.
select
    lower(agent_id) as lowered,
    count(*) as agents,
    min(agent_id) as one,
    max(agent_id) as another
from {{ ref('int_agents') }}
group by lower(agent_id)
having count(*) > 1
