{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- For every date: the sum over agents and the unassigned is the total of the source's own rows.
-- In a small build of the changed agents: the others have passed it as they are.
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
    where {{ only_checked_agents('agent_id') }}
    group by date
),

leads as (
    select
        staged.lead_date as date,
        count(*) as leads_assigned,
        count(*) filter (where counted.is_contacted) as leads_contacted,
        count(*) filter (where counted.is_interested) as leads_interested,
        count(*) filter (where counted.is_converted) as leads_converted
    from {{ ref('stg_leads') }} as staged
    left join {{ ref('int_leads') }} as counted
        on
            staged.lead_id = counted.lead_id
            and staged.agent_id = counted.agent_id
            -- Follows from the other two: so few are read together and not one by one.
            and {{ only_checked_agents('counted.agent_id') }}
    where {{ only_checked_agents('staged.agent_id') }}
    group by staged.lead_date
),

-- A trigger's own conversion counts where no logged one stands for it: int_conversions says so.
conversions as (
    select
        staged.date,
        sum(staged.revenue) as revenue_generated,
        count(*) filter (where staged.revenue >= 0) as conversions_booked
    from {{ ref('stg_agent_activity_log') }} as staged
    left join {{ ref('int_conversions') }} as counted on staged.activity_id = counted.activity_id
    where
        staged.activity_type = 'conversion'
        and {{ only_checked_agents('staged.agent_id') }}
        and (not staged.is_logged_by_trigger or counted.activity_id is not null)
    group by staged.date
)

select
    date,
    compared.measure,
    compared.in_marts,
    compared.in_source
from marts
full outer join leads using (date)
full outer join conversions using (date)
cross join
    lateral (
        values
        ('leads_assigned', marts.leads_assigned, leads.leads_assigned),
        ('leads_timed', marts.leads_timed, leads.leads_assigned),
        ('leads_contacted', marts.leads_contacted, leads.leads_contacted),
        ('leads_interested', marts.leads_interested, leads.leads_interested),
        ('leads_converted', marts.leads_converted, leads.leads_converted),
        ('revenue_generated', marts.revenue_generated, conversions.revenue_generated),
        ('conversions_booked', marts.conversions_booked, conversions.conversions_booked)
    ) as compared (measure, in_marts, in_source)
where coalesce(compared.in_marts, 0) <> coalesce(compared.in_source, 0)
