{{ config(
    indexes=[
        {'columns': ['activity_id'], 'unique': true},
        {'columns': ['lead_id']},
        {'columns': ['agent_id', 'date']}
    ],
    post_hook='{{ analyze_if_rebuilt(together=["agent_id", "date"]) }}'
) }}

with conversions as (
    select * from {{ ref('stg_agent_activity_log') }}
    where
        activity_type = 'conversion'
        and {{ only_changed_days('agent_id', 'date', is_computed=true) }}
    -- An OFFSET stops the planner from inlining this CTE, which would parse the revenue again for
    -- each column that uses it. Quoted, because offset 0 adds a cast to bigint that rules out
    -- parallel plans.
    offset '0'  -- noqa: ambiguous.order_by_limit
),

logged_by_hand as (
    select lead_id, occurred_at
    from {{ ref('stg_agent_activity_log') }}
    where
        activity_type = 'conversion'
        and not is_logged_by_trigger
        and revenue >= 0
        and {{ only_leads_of('conversions', 'lead_id') }}
),

leads as (
    select lead_id, source from {{ ref('stg_leads') }}
    where {{ only_leads_of('conversions', 'lead_id') }}
),

counted as (
    select *
    from conversions
    where
        not exists (
            select 1
            from logged_by_hand
            where
                conversions.is_logged_by_trigger
                and logged_by_hand.lead_id = conversions.lead_id
                and {{ within_trigger_hours(
                    'logged_by_hand.occurred_at', 'conversions.occurred_at'
                ) }}
        )
)

select
    counted.agent_id,
    counted.activity_id,
    counted.lead_id,
    coalesce(leads.source, 'Unknown') as source,
    counted.revenue,
    counted.revenue < 0 as is_refund,
    counted.is_revenue_readable,
    counted.date,
    counted.occurred_at
from counted
left join leads on counted.lead_id = leads.lead_id
