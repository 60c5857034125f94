{{ config(severity='warn') }}
-- Served to no agent; counted as unassigned in the conservation check.
select lead_id
from {{ ref('stg_leads') }}
where agent_id = ''
