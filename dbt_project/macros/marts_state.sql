{# A build by hand leaves marts that the pipeline knows nothing of: its next one starts from raw. #}
{% macro distrust_marts() -%}
    {%- if execute and flags.WHICH in ['build', 'run', 'seed'] and not var('is_pipeline') -%}
        delete from insights.marts_state
    {%- endif -%}
{%- endmacro %}
