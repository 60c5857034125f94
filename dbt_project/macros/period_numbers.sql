{# Key figures that are ratios, of the row `sums`; rounding is the last step. #}
{% macro kpi_ratios(sums) -%}
    {{ pct(sums ~ '.leads_converted', sums ~ '.leads_handled') }}::numeric(4, 1)
        as conversion_rate_pct,
    {{ ratio(sums ~ '.response_hours_total', sums ~ '.response_count') }}::numeric(14, 1)
        as response_time_hours,
    round({{ sums }}.response_time_median_exact_hours, 1)::numeric(14, 1)
        as response_time_median_hours,
    {{ ratio(sums ~ '.business_hours_total', sums ~ '.business_response_count') }}::numeric(14, 1)
        as response_time_business_hours,
    {{ ratio(sums ~ '.satisfaction_total', sums ~ '.satisfaction_count') }}::numeric(2, 1)
        as satisfaction_score
{%- endmacro %}

{# Stages and their rates, of the row `kpis`. #}
{% macro funnel_stages(kpis) -%}
    {{ kpis }}.leads_handled as assigned,
    {{ kpis }}.leads_contacted as contacted,
    {{ kpis }}.leads_interested as interested,
    {{ kpis }}.leads_converted as converted,
    {{ pct(kpis ~ '.leads_contacted', kpis ~ '.leads_handled') }}::numeric(4, 1)
        as contact_rate_pct,
    {{ pct(kpis ~ '.leads_interested', kpis ~ '.leads_handled') }}::numeric(4, 1)
        as interest_rate_pct,
    {{ kpis }}.conversion_rate_pct,
    {{ pct(kpis ~ '.leads_contacted', kpis ~ '.leads_handled') }}::numeric(4, 1)
        as contacted_of_assigned_pct,
    {{ pct(kpis ~ '.leads_interested', kpis ~ '.leads_contacted') }}::numeric(4, 1)
        as interested_of_contacted_pct,
    {{ pct(kpis ~ '.leads_converted', kpis ~ '.leads_interested') }}::numeric(4, 1)
        as converted_of_interested_pct
{%- endmacro %}

{# Numbers of each source in a period, as the query that follows the CTEs `periods` (date_range,
   starts_on, ends_on, known_on), `leads` and `conversions`. #}
{% macro sources_of_periods() -%}
counted as (
    select
        leads.agent_id,
        periods.date_range,
        leads.source,
        count(*) as lead_count,
        count(*) filter (where {{ had_reached('converted', 'periods.known_on') }})
            as converted_count
    from leads
    inner join periods on leads.date between periods.starts_on and periods.ends_on
    group by leads.agent_id, periods.date_range, leads.source
),

earned as (
    select
        conversions.agent_id,
        periods.date_range,
        conversions.source,
        {{ conversions_counted() }}
    from conversions
    inner join periods on conversions.date between periods.starts_on and periods.ends_on
    group by conversions.agent_id, periods.date_range, conversions.source
)

select
    agent_id,
    date_range,
    source,
    coalesce(counted.lead_count, 0)::bigint as lead_count,
    coalesce(counted.converted_count, 0)::bigint as converted_count,
    {{ pct('counted.converted_count', 'counted.lead_count') }}::numeric(4, 1)
        as conversion_rate_pct,
    coalesce(earned.revenue_generated, 0)::numeric(24, 2) as revenue,
    coalesce(earned.conversions_booked, 0)::bigint as conversions_booked
from counted
full outer join earned using (agent_id, date_range, source)
{%- endmacro %}

{# Leads by their response, and responded ones by its hours, elapsed and open. #}
{% macro responses_counted() -%}
    count(*) filter (where is_unresponded) as unresponded_count,
        count(*) filter (where is_waiting) as waiting_count,
        count(*) filter (where is_inherited) as inherited_count,
        count(*) filter (where response_hours < 1) as under_1h_count,
        count(*) filter (where response_hours >= 1 and response_hours < 4) as from_1h_to_4h_count,
        count(*) filter (where response_hours >= 4 and response_hours < 8) as from_4h_to_8h_count,
        count(*) filter (where response_hours >= 8 and response_hours < 24)
            as from_8h_to_24h_count,
        count(*) filter (where response_hours >= 24) as from_24h_count,
        count(*) filter (where business_response_hours < 1) as business_under_1h_count,
        count(*) filter (where business_response_hours >= 1 and business_response_hours < 4)
            as business_from_1h_to_4h_count,
        count(*) filter (where business_response_hours >= 4 and business_response_hours < 8)
            as business_from_4h_to_8h_count,
        count(*) filter (where business_response_hours >= 8 and business_response_hours < 24)
            as business_from_8h_to_24h_count,
        count(*) filter (where business_response_hours >= 24) as business_from_24h_count
{%- endmacro %}
