with kpis as (
    select * from {{ ref('agent_kpis') }}
)

select
    agent_id,
    date_range,
    {{ ratio('total_revenue', 'conversions_booked', decimals=2) }} as value
from kpis
