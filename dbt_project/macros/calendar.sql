{# Wall-clock time of an instant in the business time zone. #}
{% macro local_time(instant) -%}
    {{ instant }} at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}'
{%- endmacro %}

{# Calendar date of an instant in the business time zone. #}
{% macro day(instant) -%}
    ({{ local_time(instant) }})::date
{%- endmacro %}

{# As-of date: the last date of all windows. #}
{% macro as_of_date() -%}
    {%- set as_of = var('as_of') or env_var('ANALYTICS_AS_OF', '') -%}
    {%- if as_of -%} '{{ as_of }}'::date {%- else -%} {{ day('now()') }} {%- endif -%}
{%- endmacro %}
