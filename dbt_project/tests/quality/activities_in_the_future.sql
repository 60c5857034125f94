{{ config(severity='warn') }}
-- Not counted in any period until the as-of date reaches them.
select agent_id, activity_id, occurred_at
from {{ ref('stg_agent_activity_log') }}
where occurred_at > now()
