{# Fraction of the leads that converted. #}
{% macro conversion_component(converted, leads) -%}
    ({{ converted }})::numeric(20, 12) / ({{ leads }})
{%- endmacro %}

{# Mean rating, with 1 as 0 and 5 as 1; null without a rating. #}
{% macro satisfaction_component(total, ratings) -%}
    (({{ total }})::numeric(20, 12) / nullif({{ ratings }}, 0) - 1) / 4
{%- endmacro %}

{# Halves with every half-life of the mean hours; null without a responded lead. In floating point,
   which is exact far beyond six decimals; of more than 64 half-lives nothing is left, and Postgres
   rejects what is too small for it. `least` leaves out nulls. #}
{% macro response_component(hours, leads) -%}
    case
        when {{ leads }} > 0
            then
                power(
                    0.5::double precision,
                    least(
                        ({{ hours }}) / ({{ leads }}) / {{ var('response_half_life_hours') }},
                        64
                    )::double precision
                )::numeric
    end
{%- endmacro %}

{# Weighted mean of the components that an agent has, rounded to 6 places. #}
{% macro score(conversion, satisfaction, response) -%}
    round(
        (
            {{ var('conversion_weight') }} * ({{ conversion }})
            + coalesce({{ var('satisfaction_weight') }} * ({{ satisfaction }}), 0)
            + coalesce({{ var('response_weight') }} * ({{ response }}), 0)
        ) / (
            {{ var('conversion_weight') }}
            + case
                when ({{ satisfaction }}) is null then 0 else {{ var('satisfaction_weight') }}
            end
            + case when ({{ response }}) is null then 0 else {{ var('response_weight') }} end
        ),
        6
    )
{%- endmacro %}

{# Share of a component in the sum of all weights, rounded to 6 places. #}
{% macro weight(component) -%}
    round(
        {{ var(component ~ '_weight') }}::numeric / (
            {{ var('conversion_weight') }}
            + {{ var('satisfaction_weight') }}
            + {{ var('response_weight') }}
        ),
        6
    )
{%- endmacro %}
