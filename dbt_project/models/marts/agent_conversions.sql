{{ config(materialized='view') }}

with conversions as (
    select * from {{ ref('int_conversions') }}
    where agent_id <> ''
)

select
    agent_id,
    activity_id,
    date,
    lead_id,
    source,
    revenue::numeric(24, 2) as revenue,
    is_refund,
    occurred_at
from conversions
where
    date > {{ as_of_date() }} - {{ var('served_history_days') }}
    and date <= {{ as_of_date() }}
