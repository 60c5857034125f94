{{ config(severity='warn') }}
-- In no number.
select agent_id, activity_id, lead_id
from {{ ref('stg_agent_activity_log') }}
where occurred_at is null
