{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- For every date: the sum over agents and the unassigned is the source's own total.
with marts as (
    select
        date,
        sum(leads_assigned) as leads_assigned,
        sum(leads_contacted) as leads_contacted,
        sum(leads_interested) as leads_interested,
        sum(leads_converted) as leads_converted,
        sum(response_count + unresponded_count + negative_response_count) as leads_timed,
        sum(revenue_generated) as revenue_generated,
        sum(conversions_booked) as conversions_booked
    from {{ ref('agent_performance_metrics') }}
    group by date
),

source_leads as (
    select
        lead_date as date,
        count(*) as leads_assigned
    from {{ ref('stg_leads') }}
    group by lead_date
),

staged_leads as (
    select
        date,
        count(*) filter (where is_contacted) as leads_contacted,
        count(*) filter (where is_interested) as leads_interested,
        count(*) filter (where is_converted) as leads_converted
    from {{ ref('int_leads') }}
    group by date
),

conversions as (
    select
        date,
        sum(revenue) as revenue_generated,
        count(*) filter (where not is_refund) as conversions_booked
    from {{ ref('int_conversions') }}
    group by date
)

select
    date,
    compared.measure,
    compared.in_marts,
    compared.in_source
from marts
full outer join source_leads using (date)
full outer join staged_leads using (date)
full outer join conversions using (date)
cross join
    lateral (
        values
        ('leads_assigned', marts.leads_assigned, source_leads.leads_assigned),
        ('leads_timed', marts.leads_timed, source_leads.leads_assigned),
        ('leads_contacted', marts.leads_contacted, staged_leads.leads_contacted),
        ('leads_interested', marts.leads_interested, staged_leads.leads_interested),
        ('leads_converted', marts.leads_converted, staged_leads.leads_converted),
        ('revenue_generated', marts.revenue_generated, conversions.revenue_generated),
        ('conversions_booked', marts.conversions_booked, conversions.conversions_booked)
    ) as compared (measure, in_marts, in_source)
where coalesce(compared.in_marts, 0) <> coalesce(compared.in_source, 0)
