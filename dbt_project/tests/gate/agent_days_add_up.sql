{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Every agent-day is the sum of its leads and conversions; names the row that is not.
with days as (
    select * from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
),

leads as (
    select
        agent_id,
        date,
        {{ stages_counted() }},
        {{ answers_counted() }},
        {{ unanswered_counted() }}
    from {{ ref('int_leads') }}
    where {{ only_checked_agents('agent_id') }}
    group by agent_id, date
),

conversions as (
    select
        agent_id,
        date,
        {{ conversions_counted() }}
    from {{ ref('int_conversions') }}
    where {{ only_checked_agents('agent_id') }}
    group by agent_id, date
),

counted as (
    select * from leads  -- noqa: RF02
    full outer join conversions using (agent_id, date)
)

select
    agent_id,
    date,
    compared.measure,
    compared.in_marts,
    compared.in_rows
from days
full outer join counted using (agent_id, date)
cross join
    lateral (
        values
        -- generated: compared daily days counted
        ('leads_assigned', days.leads_assigned, counted.leads_assigned),
        ('leads_contacted', days.leads_contacted, counted.leads_contacted),
        ('leads_interested', days.leads_interested, counted.leads_interested),
        ('leads_converted', days.leads_converted, counted.leads_converted),
        ('revenue_generated', days.revenue_generated, counted.revenue_generated),
        ('conversions_booked', days.conversions_booked, counted.conversions_booked),
        ('response_hours_total', days.response_hours_total, counted.response_hours_total),
        ('response_count', days.response_count, counted.response_count),
        ('business_hours_total', days.business_hours_total, counted.business_hours_total),
        ('business_response_count', days.business_response_count, counted.business_response_count),
        ('unresponded_count', days.unresponded_count, counted.unresponded_count),
        ('inherited_count', days.inherited_count, counted.inherited_count),
        ('negative_response_count', days.negative_response_count, counted.negative_response_count),
        ('satisfaction_total', days.satisfaction_total, counted.satisfaction_total),
        ('satisfaction_count', days.satisfaction_count, counted.satisfaction_count)
        -- end generated
    ) as compared (measure, in_marts, in_rows)
where
    coalesce(compared.in_marts, 0) <> coalesce(compared.in_rows, 0)
    -- Follows from the other: most rows need not be taken apart into their measures.
    and (
        false
        -- generated: differing daily days counted
        or coalesce(days.leads_assigned, 0) <> coalesce(counted.leads_assigned, 0)
        or coalesce(days.leads_contacted, 0) <> coalesce(counted.leads_contacted, 0)
        or coalesce(days.leads_interested, 0) <> coalesce(counted.leads_interested, 0)
        or coalesce(days.leads_converted, 0) <> coalesce(counted.leads_converted, 0)
        or coalesce(days.revenue_generated, 0) <> coalesce(counted.revenue_generated, 0)
        or coalesce(days.conversions_booked, 0) <> coalesce(counted.conversions_booked, 0)
        or coalesce(days.response_hours_total, 0) <> coalesce(counted.response_hours_total, 0)
        or coalesce(days.response_count, 0) <> coalesce(counted.response_count, 0)
        or coalesce(days.business_hours_total, 0) <> coalesce(counted.business_hours_total, 0)
        or coalesce(days.business_response_count, 0) <> coalesce(counted.business_response_count, 0)
        or coalesce(days.unresponded_count, 0) <> coalesce(counted.unresponded_count, 0)
        or coalesce(days.inherited_count, 0) <> coalesce(counted.inherited_count, 0)
        or coalesce(days.negative_response_count, 0) <> coalesce(counted.negative_response_count, 0)
        or coalesce(days.satisfaction_total, 0) <> coalesce(counted.satisfaction_total, 0)
        or coalesce(days.satisfaction_count, 0) <> coalesce(counted.satisfaction_count, 0)
        -- end generated
    )
