with source as (
    select * from {{ source('raw', 'leads') }}
),

source_names as (
    select * from {{ ref('source_names') }}
),

renamed as (
    select
        -- ids
        agent_id,
        lead_id,

        -- strings
        nullif({{ trimmed('source') }}, '') as source_as_written,
        lower({{ trimmed('disposition') }}) as disposition,

        -- numbers
        response_time_hours,
        case when satisfaction_rating between 1 and 5 then satisfaction_rating end
            as satisfaction_rating,
        satisfaction_rating is not null and satisfaction_rating not between 1 and 5
            as is_rating_out_of_range,

        -- dates: the lead date is this one expression
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
    case
        when source_name is null or lower(source_name) = 'unknown' then 'Unknown'
        else source_name
    end as source,
    disposition,
    response_time_hours,
    satisfaction_rating,
    is_rating_out_of_range,
    lead_date,
    created_at,
    contacted_at,
    interested_at
from merged
