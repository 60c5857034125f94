{{ config(materialized='view') }}

select
    '{{ var("week_starts_on") }}' as week_starts_on,
    {{ var('fiscal_year_starts_in') }} as fiscal_year_starts_in
