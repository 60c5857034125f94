{{ config(severity='warn') }}
-- In no number.
select agent_id, lead_id
from {{ ref('stg_leads') }}
where created_at is null
