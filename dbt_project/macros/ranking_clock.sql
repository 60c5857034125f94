{# Column with the sum (`hours_total`) or the number (`count`) of the response times that the
   ranking uses. #}
{% macro ranked_responses(column) -%}
    {%- if var('ranking_response_clock') == 'business' -%}
        {{ 'business_hours_total' if column == 'hours_total' else 'business_response_count' }}
    {%- else -%} response_{{ column }} {%- endif -%}
{%- endmacro %}

{# Fails before anything is built if the ranking cannot use the var's response times. #}
{% macro check_ranking_clock() -%}
    {%- set clock = var('ranking_response_clock') -%}
    {%- if execute and flags.WHICH in ['build', 'retry', 'run'] -%}
        {%- if clock not in ['elapsed', 'business'] -%}
            {{ exceptions.raise_compiler_error(
                "ranking_response_clock is '" ~ clock ~ "': expected elapsed or business"
            ) }}
        {%- elif clock == 'business' and not run_query(
            'select exists (select from raw.calendars where is_default)'
        ).columns[0].values()[0] -%}
            {{ exceptions.raise_compiler_error(
                "ranking_response_clock is 'business', and there is no default calendar"
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
