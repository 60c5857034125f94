{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- For every date: the sum over agents and the unassigned is the total of the source's own rows.
-- In a small build of the changed agents: the others have passed it as they are.
with marts as (
    select
        date,
        sum(response_count + unresponded_count + inherited_count + negative_response_count)
            as leads_timed,
        -- generated: sums conserved
        sum(leads_assigned) as leads_assigned,
        sum(leads_contacted) as leads_contacted,
        sum(leads_interested) as leads_interested,
        sum(leads_converted) as leads_converted,
        sum(revenue_generated) as revenue_generated,
        sum(conversions_booked) as conversions_booked
        -- end generated
    from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
    group by date
),

staged_leads as (
    select
        staged.lead_date as date,
        counted.is_contacted,
        counted.is_interested,
        counted.is_converted
    from {{ ref('stg_leads') }} as staged
    left join {{ ref('int_leads') }} as counted
        on
            staged.lead_id = counted.lead_id
            and staged.agent_id = counted.agent_id
            -- Follows from the other two: so few are read together and not one by one.
            and {{ only_checked_agents('counted.agent_id') }}
    where staged.lead_date is not null and {{ only_checked_agents('staged.agent_id') }}
),

leads as (
    select
        date,
        {{ stages_counted() }}
    from staged_leads
    group by date
),

-- A trigger's own conversion counts where int_conversions has it.
staged_conversions as (
    select
        staged.date,
        staged.revenue,
        staged.is_refund
    from {{ ref('stg_agent_activity_log') }} as staged
    left join {{ ref('int_conversions') }} as counted on staged.activity_id = counted.activity_id
    where
        staged.activity_type = 'conversion'
        and staged.date is not null
        and {{ only_checked_agents('staged.agent_id') }}
        and (not staged.is_logged_by_trigger or counted.activity_id is not null)
),

conversions as (
    select
        date,
        {{ conversions_counted() }}
    from staged_conversions
    group by date
),

source as (
    select * from leads  -- noqa: RF02
    full outer join conversions using (date)
)

select
    date,
    compared.measure,
    compared.in_marts,
    compared.in_source
from marts
full outer join source using (date)
cross join
    lateral (
        values
        ('leads_timed', marts.leads_timed, source.leads_assigned),
        -- generated: compared conserved marts source
        ('leads_assigned', marts.leads_assigned, source.leads_assigned),
        ('leads_contacted', marts.leads_contacted, source.leads_contacted),
        ('leads_interested', marts.leads_interested, source.leads_interested),
        ('leads_converted', marts.leads_converted, source.leads_converted),
        ('revenue_generated', marts.revenue_generated, source.revenue_generated),
        ('conversions_booked', marts.conversions_booked, source.conversions_booked)
        -- end generated
    ) as compared (measure, in_marts, in_source)
where coalesce(compared.in_marts, 0) <> coalesce(compared.in_source, 0)
