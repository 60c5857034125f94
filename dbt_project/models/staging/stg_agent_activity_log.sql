{%- set rates = source('raw', 'exchange_rates') -%}
{%- set rate = exchange_rate('currency', day('occurred_at'), rates) -%}
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
        currency,

        -- numbers
        coalesce({{ revenue_amount('revenue_text', rate) }}, 0) as revenue,

        -- booleans
        {{ is_negative_revenue('revenue_text') }} as is_refund,
        {{ '(' ~ rate ~ ') is not null' if rate else 'true' }} as has_exchange_rate,
        coalesce({{ is_readable_revenue('revenue_text') }}, false) as is_revenue_readable,
        coalesce(origin = 'trigger', false) as is_logged_by_trigger,
        is_automated,

        -- dates
        {{ day('occurred_at') }} as date,
        occurred_at
    from source
)

select * from renamed
