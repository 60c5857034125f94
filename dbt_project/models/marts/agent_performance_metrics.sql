{{ config(incremental_strategy='changed_days', post_hook='{{ analyze_if_rebuilt() }}') }}

with leads as (
    select * from {{ ref('int_leads') }}
    where {{ only_changed_days('agent_id', 'date') }}
),

conversions as (
    select * from {{ ref('int_conversions') }}
    where {{ only_changed_days('agent_id', 'date') }}
),

lead_days as (
    select
        agent_id,
        date,
        {{ stages_counted() }},
        {{ answers_counted() }},
        {{ unanswered_counted() }}
    from leads
    group by agent_id, date
),

conversion_days as (
    select
        agent_id,
        date,
        {{ conversions_counted() }}
    from conversions
    group by agent_id, date
),

days as (
    select * from lead_days  -- noqa: RF02
    full outer join conversion_days using (agent_id, date)
)

select
    agent_id,
    date,
    {{ ratio('response_hours_total', 'response_count', decimals=6) }}::numeric(14, 6)
        as response_time_avg_hours,
    {{ ratio('satisfaction_total', 'satisfaction_count', decimals=6) }}::numeric(7, 6)
        as satisfaction_score,
    now() as created_at,
    -- generated: daily-sums
    coalesce(leads_assigned, 0)::bigint as leads_assigned,
    coalesce(leads_contacted, 0)::bigint as leads_contacted,
    coalesce(leads_interested, 0)::bigint as leads_interested,
    coalesce(leads_converted, 0)::bigint as leads_converted,
    coalesce(revenue_generated, 0)::numeric(24, 2) as revenue_generated,
    coalesce(conversions_booked, 0)::bigint as conversions_booked,
    coalesce(response_hours_total, 0)::numeric(20, 6) as response_hours_total,
    coalesce(response_count, 0)::bigint as response_count,
    coalesce(business_hours_total, 0)::numeric(20, 6) as business_hours_total,
    coalesce(business_response_count, 0)::bigint as business_response_count,
    coalesce(unresponded_count, 0)::bigint as unresponded_count,
    coalesce(inherited_count, 0)::bigint as inherited_count,
    coalesce(negative_response_count, 0)::bigint as negative_response_count,
    coalesce(satisfaction_total, 0)::bigint as satisfaction_total,
    coalesce(satisfaction_count, 0)::bigint as satisfaction_count
    -- end generated
from days
-- An index grows fastest in its own order.
order by agent_id, date
