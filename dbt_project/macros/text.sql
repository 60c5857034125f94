{# The characters of the Unicode property White_Space, for a bracket expression. `\s` depends on the
   locale of the database. #}
{% macro white_space() -%}
    \u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000
{%- endmacro %}

{# Text without white space at both ends. #}
{% macro trimmed(text) -%}
    {#- Fast path: most texts start and end with a visible ASCII character and need no regexp. #}
    (
        case
            when
                ({{ text }}) collate "C" between '!' and '~'
                and right({{ text }}, 1) collate "C" between '!' and '~'
                then {{ text }}
            else regexp_replace({{ text }}, '^[{{ white_space() }}]+|[{{ white_space() }}]+$', '', 'g')
        end
    )
{%- endmacro %}
