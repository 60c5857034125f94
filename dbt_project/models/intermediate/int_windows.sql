{{ config(materialized='view') }}

with periods as (
    select * from {{ ref('periods') }}
)

select
    date_range,
    'current' as period,
    {{ as_of_date() }} - date_range + 1 as starts_on,
    {{ as_of_date() }} as ends_on
from periods
union all
select
    date_range,
    'previous' as period,
    {{ as_of_date() }} - 2 * date_range + 1 as starts_on,
    {{ as_of_date() }} - date_range as ends_on
from periods
