{# After a build by hand the pipeline rebuilds everything from raw: it does not know what the marts
   hold. #}
{% macro invalidate_marts() -%}
    {%- set is_build = flags.WHICH in ['build', 'retry', 'run', 'seed'] -%}
    {%- if execute and is_build and not var('is_pipeline') -%}
        update state.build_state set needs_full_rebuild = true, is_checked = false
    {%- endif -%}
{%- endmacro %}
