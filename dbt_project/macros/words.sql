{# A text of the CRM as a literal of SQL. #}
{% macro literal(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}

{# A disposition as it is compared: without white space at its ends, in lower case. #}
{% macro disposition_word(text) -%}
    lower({{ trimmed(text) }})
{%- endmacro %}

{# Whether a word that `disposition_word` gives makes a lead converted; null for no word. #}
{% macro is_converted_word(word) -%}
    {{ word }} in (
    {%- for each in var('converted_dispositions') -%}
        {{ disposition_word(literal(each)) }}{{ "" if loop.last else ", " }}
    {%- endfor -%}
    )
{%- endmacro %}

{# A source as the CRM writes it, without white space at its ends; null where nothing is left. #}
{% macro source_as_written(text) -%}
    nullif({{ trimmed(text) }}, '')
{%- endmacro %}

{# The source that agents see for a name: any spelling of `unknown`, and none, is `Unknown`. #}
{% macro source_as_served(name) -%}
    coalesce(case when lower({{ name }}) <> 'unknown' then {{ name }} end, 'Unknown')
{%- endmacro %}

{# Whether a revenue is a plain number of at most 15 digits before the decimal point. #}
{% macro is_readable_revenue(text) -%}
    {#- A short text has no more digits; to count them takes three times as long as to see them. #}
    case
        when octet_length({{ text }}) <= 15 then {{ text }} ~ '^\s*[+-]?\d+(\.\d+)?\s*$'
        else {{ text }} ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'
    end
{%- endmacro %}
