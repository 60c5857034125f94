with kpis as (
    select * from {{ ref('agent_kpis') }}
    where {{ only_changed_agents('agent_id') }}
)

select
    kpis.agent_id,
    kpis.date_range,
    {{ funnel_stages('kpis') }}
from kpis
