{{ config(materialized='view') }}

with periods as (
    select
        name as date_range,
        kind,
        length,
        case kind when 'days' then length::integer end as day_count
    from {{ ref('periods') }}
),

dated as (
    select
        *,
        case kind
            when 'days' then {{ as_of_date() }} - day_count + 1
            when 'whole'
                then
                    ({{ unit_start(as_of_date(), 'length') }} - {{ unit_interval('length') }})::date
            else {{ unit_start(as_of_date(), 'length') }}
        end as starts_on,
        case kind
            when 'whole' then {{ unit_start(as_of_date(), 'length') }} - 1
            else {{ as_of_date() }}
        end as ends_on
    from periods
),

earlier as (
    select
        *,
        'previous' as compare,
        case kind
            when 'days' then starts_on - day_count
            else (starts_on - {{ unit_interval('length') }})::date
        end as compare_starts_on
    from dated
    union all
    select
        *,
        'year' as compare,
        (starts_on - interval '1 year')::date as compare_starts_on
    from dated
    where ends_on - starts_on < 366
),

measured as (
    select
        *,
        case kind
            when 'days' then day_count
            else (compare_starts_on + {{ unit_interval('length') }})::date - compare_starts_on
        end as compare_day_count
    from earlier
),

compared as (
    select
        *,
        case kind
            when 'to_date' then least(ends_on - starts_on + 1, compare_day_count)
            else compare_day_count
        end as ranked_day_count
    from measured
)

select
    date_range,
    'shown' as span,
    starts_on,
    ends_on,
    {{ as_of_date() }} as known_on
from dated
union all
{{ compared_spans('compared', through_date()) }}
