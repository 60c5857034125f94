{{ config(severity='warn') }}
-- Counted with revenue 0.
select agent_id, activity_id, lead_id, date
from {{ ref('int_conversions') }}
where not has_exchange_rate and is_revenue_readable
