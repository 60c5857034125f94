-- A page of the agent's timeline, newest first, and one row more if there is a next page.
select
    shown.id,
    shown.activity_type,
    shown.title,
    shown.description,
    shown.timestamp,
    shown.metadata
from {shown_activities} as shown
where
    shown.agent_id = %(agent_id)s
    and shown.activity_type = any(%(words)s)
    and (shown.timestamp, shown.id) < (%(before)s, %(before_id)s)
    and shown.timestamp >= %(earliest)s
order by shown.timestamp desc, shown.id desc
limit %(at_most)s + 1
