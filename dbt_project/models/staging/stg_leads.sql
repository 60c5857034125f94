with source as (
    select * from {{ source('raw', 'leads') }}
),

source_names as (
    select
        "from",
        "to"
    from {{ ref('source_names') }}
    {% if var('source_names') is mapping %}
        -- Spellings in crm_mapping.toml override those of the seed.
        {% for spelling in var('source_names') -%}
            {{ 'where' if loop.first else 'and' }} "from" <> {{ literal(spelling) }}
        {% endfor %}
        {% for spelling, name in var('source_names').items() -%}
            union all
            select
                {{ literal(spelling) }} as "from",
                {{ literal(name) }} as "to"
        {% endfor %}
    {% endif %}
),

renamed as (
    select
        -- ids
        agent_id,
        lead_id,

        -- strings
        {{ source_as_written('source') }} as source_as_written,
        {{ disposition_word('disposition') }} as disposition,

        -- numbers
        nullif(response_time_hours, -99999999) as response_time_hours,
        response_time_hours is not null as has_response_time,
        case when satisfaction_rating between 1 and 5 then satisfaction_rating end
            as satisfaction_rating,
        satisfaction_rating is not null and satisfaction_rating not between 1 and 5
            as is_rating_out_of_range,

        -- dates: lead_date is defined here only
        {{ day('created_at') }} as lead_date,
        created_at,
        contacted_at,
        interested_at
    from source
),

merged as (
    select
        renamed.*,
        coalesce(source_names."to", renamed.source_as_written) as source_name
    from renamed
    left join source_names on renamed.source_as_written = source_names."from"
)

select
    agent_id,
    lead_id,
    {{ source_as_served('source_name') }} as source,
    disposition,
    response_time_hours,
    has_response_time,
    satisfaction_rating,
    is_rating_out_of_range,
    lead_date,
    created_at,
    contacted_at,
    interested_at
from merged
