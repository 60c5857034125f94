-- Rows whose id belongs to another activity: a file may correct the details of an activity, but not
-- its agent, lead, type or time.
select incoming.line, incoming.id, count(*) over () as total
from agent_activity_log_file as incoming
inner join public.agent_activity_log as stored on incoming.id = stored.id
where
    (incoming.agent_id, incoming.lead_id, incoming.activity_type, incoming."timestamp")
    is distinct from (stored.agent_id, stored.lead_id, stored.activity_type, stored."timestamp")
order by incoming.line
limit %s
