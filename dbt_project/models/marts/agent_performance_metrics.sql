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
        count(*) as leads_assigned,
        count(*) filter (where is_contacted) as leads_contacted,
        count(*) filter (where is_interested) as leads_interested,
        count(*) filter (where is_converted) as leads_converted,
        sum(response_hours) as response_hours_total,
        count(response_hours) as response_count,
        count(*) filter (where is_unresponded) as unresponded_count,
        count(*) filter (where is_response_negative) as negative_response_count,
        sum(satisfaction_rating) as satisfaction_total,
        count(satisfaction_rating) as satisfaction_count
    from leads
    group by agent_id, date
),

conversion_days as (
    select
        agent_id,
        date,
        sum(revenue) as revenue_generated,
        count(*) filter (where not is_refund) as conversions_booked
    from conversions
    group by agent_id, date
)

select
    agent_id,
    date,
    coalesce(lead_days.leads_assigned, 0)::bigint as leads_assigned,
    coalesce(lead_days.leads_contacted, 0)::bigint as leads_contacted,
    coalesce(lead_days.leads_interested, 0)::bigint as leads_interested,
    coalesce(lead_days.leads_converted, 0)::bigint as leads_converted,
    coalesce(conversion_days.revenue_generated, 0)::numeric(24, 2) as revenue_generated,
    coalesce(conversion_days.conversions_booked, 0)::bigint as conversions_booked,
    coalesce(lead_days.response_hours_total, 0)::numeric(20, 6) as response_hours_total,
    coalesce(lead_days.response_count, 0)::bigint as response_count,
    {{ ratio('lead_days.response_hours_total', 'lead_days.response_count', decimals=6) }}
    ::numeric(14, 6) as response_time_avg_hours,
    coalesce(lead_days.unresponded_count, 0)::bigint as unresponded_count,
    coalesce(lead_days.negative_response_count, 0)::bigint as negative_response_count,
    coalesce(lead_days.satisfaction_total, 0)::bigint as satisfaction_total,
    coalesce(lead_days.satisfaction_count, 0)::bigint as satisfaction_count,
    {{ ratio('lead_days.satisfaction_total', 'lead_days.satisfaction_count', decimals=6) }}
    ::numeric(7, 6) as satisfaction_score,
    now() as created_at
from lead_days
full outer join conversion_days using (agent_id, date)
-- An index grows fastest in its own order.
order by agent_id, date
