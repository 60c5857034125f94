{# An instant as the clocks of the business time zone show it. #}
{% macro local_time(instant) -%}
    {{ instant }} at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}'
{%- endmacro %}

{# The calendar date of an instant in the business time zone. #}
{% macro day(instant) -%}
    ({{ local_time(instant) }})::date
{%- endmacro %}

{# The same, null for an instant without end. #}
{% macro finite_day(instant) -%}
    case when isfinite({{ instant }}) then {{ day(instant) }} end
{%- endmacro %}

{# The last date that windows look at. #}
{% macro as_of_date() -%}
    {%- set as_of = var('as_of') or env_var('ANALYTICS_AS_OF', '') -%}
    {%- if as_of -%} '{{ as_of }}'::date {%- else -%} {{ day('now()') }} {%- endif -%}
{%- endmacro %}
