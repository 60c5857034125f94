{# Leads of int_leads as of a date: the table holds what is known now, later contacts included. #}

{# Whether a row of `leads` is unresponded as of `date`. #}
{% macro is_unresponded_on(date, leads) -%}
    (
        {{ leads }}.is_unresponded
        or (not {{ leads }}.has_response_time and {{ leads }}.answered_on > {{ date }})
    )
{%- endmacro %}

{# Whether a row of `leads` waits for its first contact as of `date`. #}
{% macro is_waiting_on(date, leads) -%}
    (
        {{ is_unresponded_on(date, leads) }}
        and ({{ leads }}.contacted_on is null or {{ leads }}.contacted_on > {{ date }})
        and not {{ leads }}.is_closed
    )
{%- endmacro %}
