with source as (
    select * from {{ source('raw', 'agent_activity_log') }}
),

renamed as (
    select
        -- ids
        agent_id,
        activity_id,
        lead_id,

        -- strings
        activity_type,
        revenue_text,

        -- numbers
        coalesce({{ revenue_amount('revenue_text') }}, 0) as revenue,

        -- booleans
        coalesce({{ is_readable_revenue('revenue_text') }}, false) as is_revenue_readable,
        coalesce(origin = 'trigger', false) as is_logged_by_trigger,
        is_automated,

        -- dates
        {{ day('occurred_at') }} as date,
        occurred_at
    from source
)

select * from renamed
