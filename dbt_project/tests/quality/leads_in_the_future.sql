{{ config(severity='warn') }}
-- Not counted in any period until the as-of date reaches them.
select lead_id, created_at, contacted_at, interested_at
from {{ ref('stg_leads') }}
where greatest(created_at, contacted_at, interested_at) > now()
