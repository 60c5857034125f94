{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Each row of raw that the build read was written by a load; names those that somebody else wrote.
-- depends_on: {{ ref('agent_performance_metrics') }}
with loads as (
    select * from {{ source('raw', 'loads') }}
)

select
    'raw.leads' as table_name,
    leads.agent_id,
    leads.lead_id as row_id
from {{ source('raw', 'leads') }} as leads
where
    {{ only_checked_agents('leads.agent_id') }}
    and not exists (
        select 1 from loads
        where loads.transaction = leads.xmin
    )
union all
select
    'raw.agent_activity_log' as table_name,
    activities.agent_id,
    activities.activity_id::text as row_id
from {{ source('raw', 'agent_activity_log') }} as activities
where
    {{ only_checked_agents('activities.agent_id') }}
    and not exists (
        select 1 from loads
        where loads.transaction = activities.xmin
    )
