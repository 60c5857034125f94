-- An id may correct the details of its activity, not stand for another one.
select incoming.line, incoming.id, count(*) over () as total
from agent_activity_log_file as incoming
inner join public.agent_activity_log as kept on incoming.id = kept.id
where
    (incoming.agent_id, incoming.lead_id, incoming.activity_type, incoming."timestamp")
    is distinct from (kept.agent_id, kept.lead_id, kept.activity_type, kept."timestamp")
order by incoming.line
limit %s
