-- An answer over the dates of a free range. Its statement reads `builds` and the tables of periods
-- from here, computed from the agent's own rows by the macros that also compute the marts; the
-- served ones have named periods only. Postgres evaluates a CTE only where it is read.
with dates as (
    select
        as_of,
        through,
        %(from_date)s::date as starts_on,
        least(%(to_date)s::date, as_of) as ends_on
    from serving.builds
    order by build_id desc
    limit 1
),

compared as (
    select
        %(date_range)s::text as date_range,
        earlier.compare,
        dates.through,
        dates.starts_on,
        dates.ends_on,
        earlier.starts_on as compare_starts_on,
        dates.ends_on - dates.starts_on + 1 as compare_day_count,
        dates.ends_on - dates.starts_on + 1 as ranked_day_count
    from dates
    cross join
        lateral (
            values
            ('previous', dates.starts_on - (dates.ends_on - dates.starts_on + 1)),
            ('year', (dates.starts_on - interval '1 year')::date)
        ) as earlier (compare, starts_on)
    where earlier.compare = 'previous' or dates.ends_on - dates.starts_on < 366
),

all_spans as (
    select
        %(date_range)s::text as date_range,
        'shown' as span,
        dates.starts_on,
        dates.ends_on,
        dates.as_of as known_on
    from dates
    union all
    {compared_spans}
),

dated as (
    select jsonb_object_agg(span, jsonb_build_object('from', starts_on, 'to', ends_on)) as spans
    from all_spans
),

builds as (
    select
        build.build_id,
        build.as_of,
        build.week_starts_on,
        build.ranked_agents,
        build.periods || jsonb_build_object(%(date_range)s::text, dated.spans) as periods
    from serving.builds as build
    cross join dated
    order by build.build_id desc
    limit 1
),

leads as (
    select
        agent_id,
        date,
        source,
        contacted_on,
        interested_on,
        converted_on,
        answered_on,
        is_converted_undated,
        is_unresponded,
        is_waiting,
        is_inherited,
        response_hours,
        business_response_hours,
        satisfaction_rating,
        {response_log} as response_log
    from serving.agent_leads
    where agent_id = %(agent_id)s
),

conversions as (
    select
        agent_id,
        date,
        source,
        revenue,
        is_refund
    from serving.agent_conversions
    where agent_id = %(agent_id)s
),

days as (
    select
        agent_id,
        date,
        leads_assigned,
        revenue_generated
    from serving.agent_performance_metrics
    where agent_id = %(agent_id)s
),

sides (span, side) as (
    values
    ('shown', 'shown'),
    (case %(compare)s::text when 'year' then 'year_current' else 'current' end, 'current'),
    (case %(compare)s::text when 'year' then 'year_previous' else 'previous' end, 'previous')
),

spans as (
    select
        sides.side as span,
        all_spans.starts_on,
        all_spans.ends_on,
        all_spans.known_on,
        true as has_percentiles
    from sides
    inner join all_spans on sides.span = all_spans.span
),

{period_sums},

summed as (
    select
        spans.span,
        spans.starts_on,
        spans.ends_on,
        sums.response_median_hours as response_time_median_exact_hours,
        sums.response_p90_hours,
        sums.business_response_median_hours,
        coalesce(sums.undated_count, 0) as undated_count,
        coalesce(sums.leads_squares, 0) as leads_squares,
        coalesce(sums.revenue_squares, 0) as revenue_squares,
        coalesce(sums.response_log_total, 0) as response_log_total,
        coalesce(sums.response_log_squares, 0) as response_log_squares,
        coalesce(sums.satisfaction_squares, 0) as satisfaction_squares,
        -- generated: period-columns sums
        coalesce(sums.leads_assigned, 0)::bigint as leads_handled,
        coalesce(sums.leads_contacted, 0)::bigint as leads_contacted,
        coalesce(sums.leads_interested, 0)::bigint as leads_interested,
        coalesce(sums.leads_converted, 0)::bigint as leads_converted,
        coalesce(sums.revenue_generated, 0)::numeric(24, 2) as total_revenue,
        coalesce(sums.conversions_booked, 0)::bigint as conversions_booked,
        coalesce(sums.response_hours_total, 0)::numeric(20, 6) as response_hours_total,
        coalesce(sums.response_count, 0)::bigint as response_count,
        coalesce(sums.business_hours_total, 0)::numeric(20, 6) as business_hours_total,
        coalesce(sums.business_response_count, 0)::bigint as business_response_count,
        coalesce(sums.satisfaction_total, 0)::bigint as satisfaction_total,
        coalesce(sums.satisfaction_count, 0)::bigint as satisfaction_count
        -- end generated
    from spans
    left join sums on spans.span = sums.span
),

agent_kpis as (
    select
        %(agent_id)s as agent_id,
        %(date_range)s::text as date_range,
        summed.*,
        (
            select max(named.leads_this_week) from serving.agent_kpis as named
            where named.agent_id = %(agent_id)s
        ) as leads_this_week,
        {kpi_ratios}
    from summed
    where summed.span = 'shown'
),

agent_funnel as (
    select
        agent_kpis.agent_id,
        agent_kpis.date_range,
        {funnel_stages}
    from agent_kpis
),

agent_lead_sources as (
    with periods as (
        select * from all_spans
        where span = 'shown'
    ),

    {sources_of_periods}
),

responses as (
    select {responses_counted}
    from leads
    cross join dates
    where leads.date between dates.starts_on and dates.ends_on
),

agent_response_times as (
    select
        agent_kpis.agent_id,
        agent_kpis.date_range,
        agent_kpis.response_time_hours as mean_hours,
        agent_kpis.response_time_median_hours as median_hours,
        round(agent_kpis.response_p90_hours, 1) as p90_hours,
        agent_kpis.response_time_business_hours as business_mean_hours,
        round(agent_kpis.business_response_median_hours, 1) as business_median_hours,
        responses.*
    from agent_kpis
    cross join responses
),

comparison as (
    select
        coalesce(this_side.ends_on - this_side.starts_on + 1, 0) as day_count,
        coalesce(other_side.starts_on < agents.first_date, false)
        or coalesce(history.is_beyond, false) as is_partial_history,
        to_json(this_side) as current,
        case when not history.is_beyond then to_json(other_side) end as previous
    from dates
    left join summed as this_side on this_side.span = 'current'
    left join summed as other_side on other_side.span = 'previous'
    cross join
        lateral (
            values (other_side.starts_on <= dates.as_of - {served_history_days})
        ) as history (is_beyond)
    left join serving.agents as agents on agents.agent_id = %(agent_id)s
)

select
    answer.*,
    (select dated.spans from dated)::json as spans,
    case when {has_trends} then (select to_json(comparison) from comparison) end as comparison
from ({answer}) as answer
