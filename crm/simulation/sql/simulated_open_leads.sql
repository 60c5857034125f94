-- The newest open leads that have an agent.
select {id}::text, {assigned_agent_id}::text, {disposition}::text
from {table}
where
    {assigned_agent_id} is not null
    and {disposition} in ('new', 'contacted', 'interested')
order by {created_at} desc
limit 200
