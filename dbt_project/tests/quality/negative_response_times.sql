{{ config(severity='warn') }}
-- Left out of averages.
select agent_id, lead_id
from {{ ref('int_leads') }}
where is_response_negative
