{# The calendar date of an instant in the business time zone. #}
{% macro day(instant) -%}
    ({{ instant }} at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}')::date
{%- endmacro %}

{# The last date that windows look at. #}
{% macro as_of_date() -%}
    {%- set as_of = var('as_of') or env_var('ANALYTICS_AS_OF', '') -%}
    {%- if as_of -%} '{{ as_of }}'::date {%- else -%} {{ day('now()') }} {%- endif -%}
{%- endmacro %}
