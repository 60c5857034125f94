{{ config(severity='warn') }}
-- Left out of averages.
select agent_id, lead_id
from {{ ref('stg_leads') }}
where is_rating_out_of_range
