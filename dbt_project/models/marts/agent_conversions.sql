{{ config(materialized='view') }}

with conversions as (
    select * from {{ ref('int_conversions') }}
    where agent_id <> ''
),

longest_windows as (
    select distinct on (period) period, starts_on, ends_on
    from {{ ref('int_windows') }}
    order by period asc, date_range desc
)

select
    conversions.agent_id,
    conversions.activity_id,
    longest_windows.period,
    conversions.date,
    conversions.lead_id,
    conversions.source,
    conversions.revenue::numeric(24, 2) as revenue,
    conversions.is_refund
from conversions
inner join longest_windows
    on conversions.date between longest_windows.starts_on and longest_windows.ends_on
