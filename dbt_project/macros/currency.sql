{# Rate by which an amount of a currency is served: the newest at or before the date, 1 for
   ANALYTICS_CURRENCY itself and for amounts without a currency; null if there is no rate. An empty
   text if ANALYTICS_CURRENCY is empty: amounts are then served as they are logged. #}
{% macro exchange_rate(currency, date, rates) -%}
    {%- set served = env_var('ANALYTICS_CURRENCY', '') -%}
    {%- if served -%}
        case
            when coalesce({{ currency }}, '{{ served }}') = '{{ served }}' then 1
            else (
                select known.rate
                from (
                    -- Renamed: `currency` would be that of the rate in the condition below.
                    select
                        currency as rate_currency,
                        from_date,
                        rate
                    from {{ rates }}
                ) as known
                where known.rate_currency = {{ currency }} and known.from_date <= {{ date }}
                order by known.from_date desc
                limit 1
            )
        end
    {%- endif -%}
{%- endmacro %}
