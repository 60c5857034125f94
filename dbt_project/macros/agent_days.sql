{# How far leads have come: counted of the leads of a day. #}
{% macro stages_counted() -%}
    count(*) as leads_assigned,
        count(*) filter (where is_contacted) as leads_contacted,
        count(*) filter (where is_interested) as leads_interested,
        count(*) filter (where is_converted) as leads_converted
{%- endmacro %}

{# Response times and ratings of the leads of a day. #}
{% macro answers_counted() -%}
    sum(response_hours) as response_hours_total,
        count(response_hours) as response_count,
        count(*) filter (where is_unresponded) as unresponded_count,
        count(*) filter (where is_inherited) as inherited_count,
        count(*) filter (where is_response_negative) as negative_response_count,
        sum(satisfaction_rating) as satisfaction_total,
        count(satisfaction_rating) as satisfaction_count
{%- endmacro %}

{# Money and conversions of a day. #}
{% macro conversions_counted() -%}
    sum(revenue) as revenue_generated,
        count(*) filter (where not is_refund) as conversions_booked
{%- endmacro %}
