{{ config(severity='warn') }}
-- Amounts of different currencies are added up as they stand.
select
    currencies.currency,
    currencies.conversion_count
from (
    select
        currency,
        count(*) as conversion_count,
        count(*) over () as currency_count
    from {{ ref('stg_agent_activity_log') }}
    where
        activity_type = 'conversion'
        and date is not null
        and currency is not null
        and '{{ env_var("ANALYTICS_CURRENCY", "") }}' = ''
    group by currency
) as currencies
where currencies.currency_count > 1
