{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Every lead of raw with a readable created_at is in one agent-day; a build of changed agents
-- checks their leads. Conservation compares with staging, so it alone would pass a staging model
-- that drops or repeats leads. A lead that is also counted for a former agent violates the unique
-- index of int_leads.
with counted as (
    select sum(leads_assigned) as leads_in_marts
    from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
),

held as (
    select count(*) as leads_in_raw
    from {{ source('raw', 'leads') }}
    where created_at is not null and {{ only_checked_agents('agent_id') }}
)

select
    counted.leads_in_marts,
    held.leads_in_raw
from counted
cross join held
where coalesce(counted.leads_in_marts, 0) <> held.leads_in_raw
