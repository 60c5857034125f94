{# Wall-clock time of an instant in the business time zone. #}
{% macro local_time(instant) -%}
    {{ instant }} at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}'
{%- endmacro %}

{# Calendar date of an instant in the business time zone. #}
{% macro day(instant) -%}
    ({{ local_time(instant) }})::date
{%- endmacro %}

{# As-of date: the last date of all periods. #}
{% macro as_of_date() -%}
    {%- set as_of = var('as_of') or env_var('ANALYTICS_AS_OF', '') -%}
    {%- if as_of -%} '{{ as_of }}'::date {%- else -%} {{ day('now()') }} {%- endif -%}
{%- endmacro %}

{# Through date: the last complete day. #}
{% macro through_date() -%}
    {%- if var('through') -%} '{{ var("through") }}'::date
    {%- else -%}
        case
            when {{ as_of_date() }} < {{ day('now()') }} then {{ as_of_date() }}
            else {{ as_of_date() }} - 1
        end
    {%- endif -%}
{%- endmacro %}

{# First day of the week of a date. #}
{% macro week_start(date) -%}
    {%- set shift = 1 if var('week_starts_on') == 'sunday' else 0 -%}
    (date_trunc('week', ({{ date }} + {{ shift }})::timestamp)::date - {{ shift }})
{%- endmacro %}

{# First day of the month, quarter or year of a date; the unit is an SQL expression. #}
{% macro unit_start(date, unit) -%}
    {%- set shift = "make_interval(months => " ~ (var('fiscal_year_starts_in') | int - 1) ~ ")" -%}
    (date_trunc({{ unit }}, {{ date }} - {{ shift }}) + {{ shift }})::date
{%- endmacro %}

{# Length of a month, quarter or year; the unit is an SQL expression. #}
{% macro unit_interval(unit) -%}
    case {{ unit }}
        when 'month' then interval '1 month'
        when 'quarter' then interval '3 months'
        when 'year' then interval '1 year'
    end
{%- endmacro %}
