{{ config(materialized='view') }}

with date_ranges as (
    select unnest(array{{ var('date_ranges') }})::integer as date_range
)

select
    date_range,
    'current' as period,
    {{ as_of_date() }} - date_range + 1 as starts_on,
    {{ as_of_date() }} as ends_on
from date_ranges
union all
select
    date_range,
    'previous' as period,
    {{ as_of_date() }} - 2 * date_range + 1 as starts_on,
    {{ as_of_date() }} - date_range as ends_on
from date_ranges
