{# A model's schema is its `+schema`, without the prefix of the target schema that dbt adds. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
