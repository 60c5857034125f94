{# Percentile by linear interpolation of hours that have 6 decimals: exact to the 7th, where
   percentile_cont's floating point begins to differ. #}
{% macro percentile_hours(fraction, hours) -%}
    round((percentile_cont({{ fraction }}) within group (order by {{ hours }}))::numeric, 7)
{%- endmacro %}
