{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Each row of raw that the build read was written by a load; names those that somebody else wrote.
-- depends_on: {{ ref('agent_performance_metrics') }}
with loads as (
    select * from {{ source('raw', 'loads') }}
)

{% for table, id in [('leads', 'lead_id'), ('agent_activity_log', 'activity_id')] -%}
    select
        'raw.{{ table }}' as table_name,
        held.agent_id,
        held.{{ id }}::text as row_id
    from {{ source('raw', table) }} as held
    where
        {{ only_checked_agents('held.agent_id') }}
        and not exists (
            select 1 from loads
            where loads.transaction = held.xmin
        )
    {{ "" if loop.last else "union all" }}
{% endfor %}
