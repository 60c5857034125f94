{{ config(contract={'enforced': false}) }}

with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

spans as (
    select * from {{ ref('int_periods') }}
),

compared as (
    select
        shown.date_range,
        comparisons.compare,
        this_side.starts_on,
        this_side.ends_on,
        this_side.known_on,
        other_side.starts_on as previous_starts_on,
        other_side.ends_on as previous_ends_on,
        other_side.known_on as previous_known_on,
        coalesce(this_side.ends_on - this_side.starts_on + 1, 0) as day_count
    from spans as shown
    cross join
        (values ('previous', 'current', 'previous'), ('year', 'year_current', 'year_previous'))
            as comparisons (compare, current_span, previous_span)
    left join spans as this_side
        on
            shown.date_range = this_side.date_range
            and comparisons.current_span = this_side.span
    left join spans as other_side
        on
            shown.date_range = other_side.date_range
            and comparisons.previous_span = other_side.span
    where
        shown.span = 'shown'
        and (comparisons.compare = 'previous' or shown.ends_on - shown.starts_on < 366)
),

sums as (
    select * from {{ ref('agent_period_sums') }}
    where {{ only_changed_agents('agent_id') }}
)

select
    agents.agent_id,
    compared.date_range,
    compared.compare,
    compared.day_count,
    coalesce(compared.previous_starts_on < agents.first_date, false) as is_partial_history,
    this_side.response_median_hours::numeric(15, 7)
        as current_response_time_median_exact_hours,
    other_side.response_median_hours::numeric(15, 7)
        as previous_response_time_median_exact_hours,
    coalesce(this_side.undated_count, 0) as current_undated_count,
    coalesce(other_side.undated_count, 0) as previous_undated_count,
    coalesce(this_side.leads_squares, 0)::double precision as current_leads_squares,
    coalesce(other_side.leads_squares, 0)::double precision as previous_leads_squares,
    coalesce(this_side.revenue_squares, 0)::double precision as current_revenue_squares,
    coalesce(other_side.revenue_squares, 0)::double precision as previous_revenue_squares,
    coalesce(this_side.response_log_total, 0)::double precision as current_response_log_total,
    coalesce(other_side.response_log_total, 0)::double precision as previous_response_log_total,
    coalesce(this_side.response_log_squares, 0)::double precision as current_response_log_squares,
    coalesce(other_side.response_log_squares, 0)::double precision as previous_response_log_squares,
    coalesce(this_side.satisfaction_squares, 0)::double precision as current_satisfaction_squares,
    coalesce(other_side.satisfaction_squares, 0)::double precision as previous_satisfaction_squares,
    -- generated: period-columns this_side current_ ...
    coalesce(this_side.leads_assigned, 0)::bigint as current_leads_handled,
    coalesce(this_side.leads_contacted, 0)::bigint as current_leads_contacted,
    coalesce(this_side.leads_interested, 0)::bigint as current_leads_interested,
    coalesce(this_side.leads_converted, 0)::bigint as current_leads_converted,
    coalesce(this_side.revenue_generated, 0)::numeric(24, 2) as current_total_revenue,
    coalesce(this_side.conversions_booked, 0)::bigint as current_conversions_booked,
    coalesce(this_side.response_hours_total, 0)::numeric(20, 6) as current_response_hours_total,
    coalesce(this_side.response_count, 0)::bigint as current_response_count,
    coalesce(this_side.business_hours_total, 0)::numeric(20, 6) as current_business_hours_total,
    coalesce(this_side.business_response_count, 0)::bigint as current_business_response_count,
    coalesce(this_side.satisfaction_total, 0)::bigint as current_satisfaction_total,
    coalesce(this_side.satisfaction_count, 0)::bigint as current_satisfaction_count,
    -- end generated
    -- generated: period-columns other_side previous_
    coalesce(other_side.leads_assigned, 0)::bigint as previous_leads_handled,
    coalesce(other_side.leads_contacted, 0)::bigint as previous_leads_contacted,
    coalesce(other_side.leads_interested, 0)::bigint as previous_leads_interested,
    coalesce(other_side.leads_converted, 0)::bigint as previous_leads_converted,
    coalesce(other_side.revenue_generated, 0)::numeric(24, 2) as previous_total_revenue,
    coalesce(other_side.conversions_booked, 0)::bigint as previous_conversions_booked,
    coalesce(other_side.response_hours_total, 0)::numeric(20, 6) as previous_response_hours_total,
    coalesce(other_side.response_count, 0)::bigint as previous_response_count,
    coalesce(other_side.business_hours_total, 0)::numeric(20, 6) as previous_business_hours_total,
    coalesce(other_side.business_response_count, 0)::bigint as previous_business_response_count,
    coalesce(other_side.satisfaction_total, 0)::bigint as previous_satisfaction_total,
    coalesce(other_side.satisfaction_count, 0)::bigint as previous_satisfaction_count
    -- end generated
from agents
cross join compared
left join sums as this_side
    on
        agents.agent_id = this_side.agent_id
        and compared.starts_on = this_side.starts_on
        and compared.ends_on = this_side.ends_on
        and compared.known_on = this_side.known_on
left join sums as other_side
    on
        agents.agent_id = other_side.agent_id
        and compared.previous_starts_on = other_side.starts_on
        and compared.previous_ends_on = other_side.ends_on
        and compared.previous_known_on = other_side.known_on
