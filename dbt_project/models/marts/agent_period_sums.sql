{{ config(
    contract={'enforced': false},
    indexes=[{'columns': ['agent_id', 'starts_on', 'ends_on', 'known_on'], 'unique': true}],
    post_hook='{{ analyze_if_rebuilt() }}'
) }}

-- Spans of several periods can be the same dates, known on the same date: they are summed up once.
-- Postgres sorts and groups by a short number and then by bytes in half the time that it needs for
-- three dates and the words of a language.
with spans as (
    select
        (row_number() over (order by starts_on, ends_on, known_on))::integer as span,
        starts_on,
        ends_on,
        known_on,
        bool_or(span <> 'previous_whole') as has_percentiles
    from {{ ref('int_periods') }}
    where known_on is not null
    group by starts_on, ends_on, known_on
),

leads as (
    select
        agent_id collate "C" as agent_id,
        date,
        contacted_on,
        interested_on,
        converted_on,
        answered_on,
        is_converted_undated,
        response_hours,
        business_response_hours,
        satisfaction_rating,
        {{ response_log('response_hours') }} as response_log
    from {{ ref('int_leads') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
    -- Keeps the planner from inlining the CTE and computing the logarithm once per span;
    -- int_conversions says why it is quoted.
    offset '0'  -- noqa: ambiguous.order_by_limit
),

conversions as (
    select
        agent_id collate "C" as agent_id,
        date,
        revenue,
        is_refund
    from {{ ref('int_conversions') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

days as (
    select
        agent_id collate "C" as agent_id,
        date,
        leads_assigned,
        revenue_generated
    from {{ ref('agent_performance_metrics') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

{{ period_sums() }}

select
    agent_id collate "default" as agent_id,
    starts_on,
    ends_on,
    known_on,
    response_median_hours,
    response_p90_hours,
    business_response_median_hours,
    coalesce(leads_squares, 0)::numeric as leads_squares,
    coalesce(revenue_squares, 0)::numeric as revenue_squares,
    coalesce(undated_count, 0)::bigint as undated_count,
    coalesce(response_log_total, 0)::numeric as response_log_total,
    coalesce(response_log_squares, 0)::numeric as response_log_squares,
    coalesce(satisfaction_squares, 0)::bigint as satisfaction_squares,
    -- generated: summed-days
    coalesce(leads_assigned, 0)::bigint as leads_assigned,
    coalesce(leads_contacted, 0)::bigint as leads_contacted,
    coalesce(leads_interested, 0)::bigint as leads_interested,
    coalesce(leads_converted, 0)::bigint as leads_converted,
    coalesce(revenue_generated, 0)::numeric(24, 2) as revenue_generated,
    coalesce(conversions_booked, 0)::bigint as conversions_booked,
    coalesce(response_hours_total, 0)::numeric(20, 6) as response_hours_total,
    coalesce(response_count, 0)::bigint as response_count,
    coalesce(business_hours_total, 0)::numeric(20, 6) as business_hours_total,
    coalesce(business_response_count, 0)::bigint as business_response_count,
    coalesce(satisfaction_total, 0)::bigint as satisfaction_total,
    coalesce(satisfaction_count, 0)::bigint as satisfaction_count
    -- end generated
from sums
