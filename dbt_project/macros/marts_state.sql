{# A build by hand leaves marts that the pipeline knows nothing of: its next one starts from raw. #}
{% macro distrust_marts() -%}
    {%- set is_build = flags.WHICH in ['build', 'retry', 'run', 'seed'] -%}
    {%- if execute and is_build and not var('is_pipeline') -%}
        delete from insights.marts_state
    {%- endif -%}
{%- endmacro %}
