{# SQL literal of a text. #}
{% macro literal(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}

{# Disposition for comparison: ASCII letters lower-cased, without white space, zero-width characters
   and ASCII punctuation; null if nothing is left. #}
{% macro disposition_word(text) -%}
    {%- set lowered = 'lower((' ~ text ~ ') collate "C")' -%}
    {%- set punctuation = '\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e' -%}
    {%- set zero_width = '\\u200b-\\u200d\\u2060\\ufeff' -%}
    {%- set ignored = white_space() ~ punctuation ~ zero_width -%}
    {#- Fast path: most words consist of ASCII letters and digits and need no regexp. #}
    nullif(
        case
            when ltrim({{ lowered }}, 'abcdefghijklmnopqrstuvwxyz0123456789') = '' then {{ lowered }}
            else regexp_replace({{ lowered }}, '[{{ ignored }}]+', '', 'g')
        end,
        ''
    )
{%- endmacro %}

{# Whether a word from `disposition_word` counts as converted; null for null. #}
{% macro is_converted_word(word) -%}
    {{ is_one_of(word, var('converted_dispositions')) }}
{%- endmacro %}

{# Whether a word from `disposition_word` says that the lead is lost; null for null. #}
{% macro is_closed_word(word) -%}
    {{ is_one_of(word, var('closed_dispositions')) }}
{%- endmacro %}

{% macro is_one_of(word, dispositions) -%}
    {{ word }} in (
    {%- for disposition in dispositions -%}
        {{ disposition_word(literal(disposition)) }}{{ "" if loop.last else ", " }}
    {%- endfor -%}
    )
{%- endmacro %}

{# Source as the CRM writes it, trimmed; null if empty. #}
{% macro source_as_written(text) -%}
    nullif({{ trimmed(text) }}, '')
{%- endmacro %}

{# Source that agents see: null and any spelling of `unknown` become `Unknown`. #}
{% macro source_as_served(name) -%}
    coalesce(case when lower({{ name }}) <> 'unknown' then {{ name }} end, 'Unknown')
{%- endmacro %}

{# Whether a revenue is a plain number with at most 15 digits before the decimal point. #}
{% macro is_readable_revenue(text) -%}
    {#- A text of at most 15 bytes cannot have more digits; a bounded regexp is three times as slow
    as one without. #}
    case
        when octet_length({{ text }}) <= 15 then {{ text }} ~ '^\s*[+-]?\d+(\.\d+)?\s*$'
        else {{ text }} ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'
    end
{%- endmacro %}

{# Revenue with 2 decimals, half away from zero; null if it is not readable. `rate` multiplies it
   before it is rounded. #}
{% macro revenue_amount(text, rate='') -%}
    case
        when {{ is_readable_revenue(text) }}
            then round({{ trimmed(text) }}::numeric{{ ' * ' ~ rate if rate }}, 2)
    end
{%- endmacro %}

{# Whether revenue as logged is negative with 2 decimals. #}
{% macro is_negative_revenue(text) -%}
    {#- Fast path: only a text with a minus sign is parsed. #}
    case
        when strpos({{ text }}, '-') > 0 then coalesce({{ revenue_amount(text) }} < 0, false)
        else false
    end
{%- endmacro %}

{# Whether a logged conversion is so near to the trigger's that both are one sale. #}
{% macro within_trigger_hours(logged_at, triggered_at) -%}
    {%- set around = "interval '" ~ var('trigger_conversion_hours') ~ " hours'" -%}
    {{ logged_at }} >= {{ triggered_at }} - {{ around }}
    and {{ logged_at }} <= {{ triggered_at }} + {{ around }}
{%- endmacro %}
