{{ config(meta={'dagster': {'ref': {'name': 'agent_funnel'}}}) }}
select *
from {{ ref('agent_funnel') }}
where
    {{ only_checked_agents('agent_id') }}
    and (
        assigned < contacted
        or contacted < interested
        or interested < converted
        or converted < 0
    )
