-- A page of the agent's timeline, newest first, and one row more if there is a next page.
select
    id,
    activity_type,
    title,
    description,
    timestamp,
    case when jsonb_typeof(metadata) = 'object' then metadata::text else '{}' end as metadata
from public.agent_activity_log
where
    agent_id = %(agent_id)s
    and activity_type = any(%(words)s)
    and (timestamp, id) < (%(before)s, %(before_id)s)
    and timestamp >= %(earliest)s
order by timestamp desc, id desc
limit %(at_most)s + 1
