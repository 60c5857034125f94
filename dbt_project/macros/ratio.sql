{# A ratio of sums, rounded half away from zero as its last step; null where it divides by 0. #}
{% macro ratio(numerator, denominator, decimals=1, scale=1) -%}
    round(
        {{ scale }}::numeric(20, 6) * ({{ numerator }}) / nullif({{ denominator }}, 0),
        {{ decimals }}
    )
{%- endmacro %}

{# A percentage of counts with the served number of decimals. #}
{% macro pct(numerator, denominator) -%}
    {{ ratio(numerator, denominator, decimals=1, scale=100) }}
{%- endmacro %}
