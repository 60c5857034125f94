{# CTEs that sum up leads and conversions of agents over spans of dates; the last is `sums`. The
   CTEs `spans` (span, starts_on, ends_on, known_on, has_percentiles), `leads`, `conversions` and
   `days` come before. #}
{% macro period_sums() -%}
-- A date is in several spans: rows are joined by date with a hash, not compared with every span.
span_days as (
    select
        spans.*,
        spans.starts_on + steps as date
    from spans
    cross join lateral generate_series(0, spans.ends_on - spans.starts_on) as steps
),

counted as (
    select
        spans.span,
        leads.agent_id,
        {{ stages_counted('spans.known_on') }},
        {{ answers_counted('spans.known_on') }},
        {{ moments_counted('spans.known_on') }}
    from leads
    inner join span_days as spans on leads.date = spans.date
    group by spans.span, leads.agent_id
),

percentiles as (
    select
        spans.span,
        leads.agent_id,
        {{ percentile_hours(0.5, 'leads.response_hours') }} as response_median_hours,
        {{ percentile_hours(0.9, 'leads.response_hours') }} as response_p90_hours,
        {{ percentile_hours(0.5, 'leads.business_response_hours') }}
            as business_response_median_hours
    from leads
    inner join span_days as spans
        on
            leads.date = spans.date
            and leads.answered_on <= spans.known_on
    where leads.response_hours is not null and spans.has_percentiles
    group by spans.span, leads.agent_id
),

earned as (
    select
        spans.span,
        conversions.agent_id,
        {{ conversions_counted() }}
    from conversions
    inner join span_days as spans on conversions.date = spans.date
    group by spans.span, conversions.agent_id
),

squared as (
    select
        spans.span,
        days.agent_id,
        sum(days.leads_assigned * days.leads_assigned) as leads_squares,
        sum(days.revenue_generated * days.revenue_generated) as revenue_squares
    from days
    inner join span_days as spans on days.date = spans.date
    group by spans.span, days.agent_id
),

sums as (
    select * from squared  -- noqa: RF02
    full outer join counted using (span, agent_id)
    full outer join earned using (span, agent_id)
    full outer join percentiles using (span, agent_id)
    inner join spans using (span)
)
{%- endmacro %}
