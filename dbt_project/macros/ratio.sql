{# Ratio of sums, rounded half away from zero as the last step; null if the denominator is 0. #}
{% macro ratio(numerator, denominator, decimals=1, scale=1) -%}
    round(
        {{ scale }}::numeric(20, 6) * ({{ numerator }}) / nullif({{ denominator }}, 0),
        {{ decimals }}
    )
{%- endmacro %}

{# Percentage of counts, with one decimal. #}
{% macro pct(numerator, denominator) -%}
    {{ ratio(numerator, denominator, decimals=1, scale=100) }}
{%- endmacro %}
