{# Text without Unicode white space at both ends. #}
{% macro trimmed(text) -%}
    {%- set space = '[\\s\\u001c-\\u001f\\u0085\\u00a0\\u1680\\u2000-\\u200a'
        ~ '\\u2028\\u2029\\u202f\\u205f\\u3000]' -%}
    {#- Fast path: most texts start and end with a visible ASCII character and need no regexp. #}
    (
        case
            when
                ({{ text }}) collate "C" between '!' and '~'
                and right({{ text }}, 1) collate "C" between '!' and '~'
                then {{ text }}
            else regexp_replace({{ text }}, '^{{ space }}+|{{ space }}+$', '', 'g')
        end
    )
{%- endmacro %}
