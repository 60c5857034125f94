{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Every agent-day is the sum of its leads and conversions; names the row that is not.
with leads as (
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
),

metrics as (
    select * from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
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
        ('leads_assigned', metrics.leads_assigned, leads.leads_assigned),
        ('leads_contacted', metrics.leads_contacted, leads.leads_contacted),
        ('leads_interested', metrics.leads_interested, leads.leads_interested),
        ('leads_converted', metrics.leads_converted, leads.leads_converted),
        ('response_hours_total', metrics.response_hours_total, leads.response_hours_total),
        ('satisfaction_total', metrics.satisfaction_total, leads.satisfaction_total),
        ('revenue_generated', metrics.revenue_generated, conversions.revenue_generated),
        ('conversions_booked', metrics.conversions_booked, conversions.conversions_booked)
    ) as compared (measure, in_marts, in_rows)
where coalesce(compared.in_marts, 0) <> coalesce(compared.in_rows, 0)
