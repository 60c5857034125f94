{{ config(materialized='view') }}

select
    {{ as_of_date() }} as as_of,
    {{ through_date() }} as through,
    '{{ var("week_starts_on") }}' as week_starts_on,
    {{ var('fiscal_year_starts_in') }} as fiscal_year_starts_in
