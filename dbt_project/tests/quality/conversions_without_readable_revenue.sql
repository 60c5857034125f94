{{ config(severity='warn') }}
-- Counted with revenue 0.
select agent_id, activity_id, lead_id
from {{ ref('int_conversions') }}
where not is_revenue_readable
