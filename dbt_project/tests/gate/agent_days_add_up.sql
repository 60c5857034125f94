{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
{% set of_leads = [
    'leads_assigned', 'leads_contacted', 'leads_interested', 'leads_converted',
    'response_hours_total', 'satisfaction_total'
] %}
{% set of_conversions = ['revenue_generated', 'conversions_booked'] %}
-- Every agent-day is the sum of its leads and conversions; names the row that is not.
with metrics as (
    select * from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
),

leads as (
    select
        agent_id,
        date,
        count(*) as leads_assigned,
        count(*) filter (where is_contacted) as leads_contacted,
        count(*) filter (where is_interested) as leads_interested,
        count(*) filter (where is_converted) as leads_converted,
        sum(response_hours) as response_hours_total,
        sum(satisfaction_rating) as satisfaction_total
    from {{ ref('int_leads') }}
    where {{ only_checked_agents('agent_id') }}
    group by agent_id, date
),

conversions as (
    select
        agent_id,
        date,
        sum(revenue) as revenue_generated,
        count(*) filter (where not is_refund) as conversions_booked
    from {{ ref('int_conversions') }}
    where {{ only_checked_agents('agent_id') }}
    group by agent_id, date
)

select
    agent_id,
    date,
    compared.measure,
    compared.in_marts,
    compared.in_rows
from metrics
full outer join leads using (agent_id, date)
full outer join conversions using (agent_id, date)
cross join
    lateral (
        values
        {% for measure in of_leads -%}
            ('{{ measure }}', metrics.{{ measure }}, leads.{{ measure }}),
        {% endfor -%}
        {% for measure in of_conversions -%}
            ('{{ measure }}', metrics.{{ measure }}, conversions.{{ measure }})
            {{- "" if loop.last else "," }}
        {% endfor -%}
    ) as compared (measure, in_marts, in_rows)
where
    coalesce(compared.in_marts, 0) <> coalesce(compared.in_rows, 0)
    -- Follows from the other: most rows need not be taken apart into their measures.
    and (
        false
        {% for measure in of_leads -%}
            or coalesce(metrics.{{ measure }}, 0) <> coalesce(leads.{{ measure }}, 0)
        {% endfor -%}
        {% for measure in of_conversions -%}
            or coalesce(metrics.{{ measure }}, 0) <> coalesce(conversions.{{ measure }}, 0)
        {% endfor -%}
    )
