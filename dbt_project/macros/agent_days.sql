{# How far leads have come: counted of the leads of a day or of a period, as they are known now or
   as they stood on the date `known_on`. #}
{% macro stages_counted(known_on=none) -%}
    count(*) as leads_assigned,
        count(*) filter (where {{ had_reached('contacted', known_on) }}) as leads_contacted,
        count(*) filter (where {{ had_reached('interested', known_on) }}) as leads_interested,
        count(*) filter (where {{ had_reached('converted', known_on) }}) as leads_converted
{%- endmacro %}

{# Whether a lead has reached a stage, or had reached it on the date `known_on`. #}
{% macro had_reached(stage, known_on=none) -%}
    {{ stage ~ '_on <= ' ~ known_on if known_on else 'is_' ~ stage }}
{%- endmacro %}

{# Response times and ratings of leads; of those responded by the date `known_on`, if given. #}
{% macro answers_counted(known_on=none) -%}
    sum(response_hours) {{ had_answered(known_on) }} as response_hours_total,
        count(response_hours) {{ had_answered(known_on) }} as response_count,
        sum(business_response_hours) {{ had_answered(known_on) }} as business_hours_total,
        count(business_response_hours) {{ had_answered(known_on) }} as business_response_count,
        sum(satisfaction_rating) as satisfaction_total,
        count(satisfaction_rating) as satisfaction_count
{%- endmacro %}

{# Filter of an aggregate for the leads that were responded by the date `known_on`, if given. #}
{% macro had_answered(known_on=none) -%}
    {{ 'filter (where answered_on <= ' ~ known_on ~ ')' if known_on }}
{%- endmacro %}

{# Leads of a day without a response time. #}
{% macro unanswered_counted() -%}
    count(*) filter (where is_unresponded) as unresponded_count,
        count(*) filter (where is_inherited) as inherited_count,
        count(*) filter (where is_response_negative) as negative_response_count
{%- endmacro %}

{# What tests of a change need besides: leads whose conversion has no date, and moments of the
   logarithm of response hours and of ratings. Logarithms are counted in millionths, so that their
   sums do not depend on the order of the rows. #}
{% macro moments_counted(known_on) -%}
    count(*) filter (where is_converted_undated and {{ had_reached('converted', known_on) }})
        as undated_count,
        sum(response_log) filter (where answered_on <= {{ known_on }}) as response_log_total,
        sum(response_log * response_log) filter (where answered_on <= {{ known_on }})
            as response_log_squares,
        sum(satisfaction_rating * satisfaction_rating) as satisfaction_squares
{%- endmacro %}

{# Natural logarithm of 1 + hours, in millionths. #}
{% macro response_log(hours) -%}
    round(1000000 * ln(1 + {{ hours }}::double precision))::bigint
{%- endmacro %}

{# Money and conversions of a day or of a period. #}
{% macro conversions_counted() -%}
    sum(revenue) as revenue_generated,
        count(*) filter (where not is_refund) as conversions_booked
{%- endmacro %}
