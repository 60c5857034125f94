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
        and date is not null
        and {{ only_changed_days('agent_id', 'date', is_computed=true) }}
    -- An OFFSET stops the planner from inlining this CTE, which would parse the revenue again for
    -- each column that uses it. Quoted, because offset 0 adds a cast to bigint that rules out
    -- parallel plans.
    offset '0'  -- noqa: ambiguous.order_by_limit
),

of_same_leads as (
    select lead_id, activity_id, is_logged_by_trigger, occurred_at
    from {{ ref('stg_agent_activity_log') }}
    where
        activity_type = 'conversion'
        and occurred_at is not null
        and not is_refund
        and {{ only_leads_of('conversions', 'lead_id') }}
),

leads as (
    select lead_id, source, disposition from {{ ref('stg_leads') }}
    where lead_date is not null and {{ only_leads_of('conversions', 'lead_id') }}
),

distinct_conversions as (
    select *
    from conversions
    where
        not exists (
            select 1
            from of_same_leads
            where
                conversions.is_logged_by_trigger
                and not conversions.is_refund
                and of_same_leads.lead_id = conversions.lead_id
                and {{ is_superseded('conversions', 'of_same_leads') }}
        )
)

select
    counted.agent_id,
    counted.activity_id,
    counted.lead_id,
    coalesce(leads.source, 'Unknown') as source,
    counted.revenue,
    counted.is_refund,
    counted.is_revenue_readable,
    counted.has_exchange_rate,
    counted.date,
    counted.occurred_at
from distinct_conversions as counted
left join leads on counted.lead_id = leads.lead_id
where
    not counted.is_logged_by_trigger
    or counted.is_refund
    -- A win that is taken back does not count.
    or {{ is_converted_word('leads.disposition') }}
