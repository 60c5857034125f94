{{ config(severity='warn') }}
-- Served to nobody; in the unassigned side of the conservation check.
select lead_id
from {{ ref('stg_leads') }}
where agent_id = ''
