{{ config(severity='warn') }}
-- Leads contacted before they were assigned or created; left out of averages.
select agent_id, lead_id
from {{ ref('int_leads') }}
where is_response_negative
