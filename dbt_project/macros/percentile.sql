{# Percentile by linear interpolation, for hours with 6 decimals. percentile_cont computes in
   floating point, which is exact to the 7th decimal here; the rest is rounded away. #}
{% macro percentile_hours(fraction, hours) -%}
    round((percentile_cont({{ fraction }}) within group (order by {{ hours }}))::numeric, 7)
{%- endmacro %}
