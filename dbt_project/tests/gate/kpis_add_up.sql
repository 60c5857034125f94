{{ config(meta={'dagster': {'ref': {'name': 'agent_kpis'}}}) }}
-- A period is the sum of its days. Days hold what is known now: leads with a stage or an answer
-- after the as-of date are left out.
with periods as (
    select * from {{ ref('int_periods') }}
    where span = 'shown' and date_range = '30'
),

days as (
    select
        metrics.agent_id,
        periods.date_range,
        -- generated: period-sums metrics
        coalesce(sum(metrics.leads_assigned), 0)::bigint as leads_handled,
        coalesce(sum(metrics.leads_contacted), 0)::bigint as leads_contacted,
        coalesce(sum(metrics.leads_interested), 0)::bigint as leads_interested,
        coalesce(sum(metrics.leads_converted), 0)::bigint as leads_converted,
        coalesce(sum(metrics.revenue_generated), 0)::numeric(24, 2) as total_revenue,
        coalesce(sum(metrics.conversions_booked), 0)::bigint as conversions_booked,
        coalesce(sum(metrics.response_hours_total), 0)::numeric(20, 6) as response_hours_total,
        coalesce(sum(metrics.response_count), 0)::bigint as response_count,
        coalesce(sum(metrics.business_hours_total), 0)::numeric(20, 6) as business_hours_total,
        coalesce(sum(metrics.business_response_count), 0)::bigint as business_response_count,
        coalesce(sum(metrics.satisfaction_total), 0)::bigint as satisfaction_total,
        coalesce(sum(metrics.satisfaction_count), 0)::bigint as satisfaction_count
        -- end generated
    from {{ ref('agent_performance_metrics') }} as metrics
    inner join periods on metrics.date between periods.starts_on and periods.ends_on
    where metrics.agent_id <> '' and {{ only_checked_agents('metrics.agent_id') }}
    group by metrics.agent_id, periods.date_range
),

later_leads as (
    select
        leads.*,
        periods.known_on
    from {{ ref('int_leads') }} as leads
    inner join periods on leads.date between periods.starts_on and periods.ends_on
    where
        greatest(
            leads.contacted_on, leads.interested_on, leads.converted_on, leads.answered_on
        ) > periods.known_on
        and {{ only_checked_agents('leads.agent_id') }}
),

known as (
    select
        agent_id,
        {{ stages_counted('known_on') }},
        {{ answers_counted('known_on') }}
    from later_leads
    group by agent_id
),

counted_now as (
    select
        agent_id,
        {{ stages_counted() }},
        {{ answers_counted() }}
    from later_leads
    group by agent_id
),

later as (
    select
        known.agent_id,
        to_jsonb(known) as known,
        to_jsonb(counted_now) as now
    from known
    inner join counted_now on known.agent_id = counted_now.agent_id
)

select
    kpis.agent_id,
    kpis.leads_handled,
    days.leads_handled as leads_of_days,
    kpis.total_revenue,
    days.total_revenue as revenue_of_days
from {{ ref('agent_kpis') }} as kpis
inner join periods on kpis.date_range = periods.date_range
left join days on kpis.agent_id = days.agent_id
left join later on kpis.agent_id = later.agent_id
where
    {{ only_checked_agents('kpis.agent_id') }}
    and (
        false
        -- generated: differing-now kpis days later
        or coalesce(kpis.leads_handled, 0)
        - coalesce((later.known ->> 'leads_assigned')::numeric, 0)
        <> coalesce(days.leads_handled, 0)
        - coalesce((later.now ->> 'leads_assigned')::numeric, 0)
        or coalesce(kpis.leads_contacted, 0)
        - coalesce((later.known ->> 'leads_contacted')::numeric, 0)
        <> coalesce(days.leads_contacted, 0)
        - coalesce((later.now ->> 'leads_contacted')::numeric, 0)
        or coalesce(kpis.leads_interested, 0)
        - coalesce((later.known ->> 'leads_interested')::numeric, 0)
        <> coalesce(days.leads_interested, 0)
        - coalesce((later.now ->> 'leads_interested')::numeric, 0)
        or coalesce(kpis.leads_converted, 0)
        - coalesce((later.known ->> 'leads_converted')::numeric, 0)
        <> coalesce(days.leads_converted, 0)
        - coalesce((later.now ->> 'leads_converted')::numeric, 0)
        or coalesce(kpis.total_revenue, 0)
        - coalesce((later.known ->> 'revenue_generated')::numeric, 0)
        <> coalesce(days.total_revenue, 0)
        - coalesce((later.now ->> 'revenue_generated')::numeric, 0)
        or coalesce(kpis.conversions_booked, 0)
        - coalesce((later.known ->> 'conversions_booked')::numeric, 0)
        <> coalesce(days.conversions_booked, 0)
        - coalesce((later.now ->> 'conversions_booked')::numeric, 0)
        or coalesce(kpis.response_hours_total, 0)
        - coalesce((later.known ->> 'response_hours_total')::numeric, 0)
        <> coalesce(days.response_hours_total, 0)
        - coalesce((later.now ->> 'response_hours_total')::numeric, 0)
        or coalesce(kpis.response_count, 0)
        - coalesce((later.known ->> 'response_count')::numeric, 0)
        <> coalesce(days.response_count, 0)
        - coalesce((later.now ->> 'response_count')::numeric, 0)
        or coalesce(kpis.business_hours_total, 0)
        - coalesce((later.known ->> 'business_hours_total')::numeric, 0)
        <> coalesce(days.business_hours_total, 0)
        - coalesce((later.now ->> 'business_hours_total')::numeric, 0)
        or coalesce(kpis.business_response_count, 0)
        - coalesce((later.known ->> 'business_response_count')::numeric, 0)
        <> coalesce(days.business_response_count, 0)
        - coalesce((later.now ->> 'business_response_count')::numeric, 0)
        or coalesce(kpis.satisfaction_total, 0)
        - coalesce((later.known ->> 'satisfaction_total')::numeric, 0)
        <> coalesce(days.satisfaction_total, 0)
        - coalesce((later.now ->> 'satisfaction_total')::numeric, 0)
        or coalesce(kpis.satisfaction_count, 0)
        - coalesce((later.known ->> 'satisfaction_count')::numeric, 0)
        <> coalesce(days.satisfaction_count, 0)
        - coalesce((later.now ->> 'satisfaction_count')::numeric, 0)
        -- end generated
    )
