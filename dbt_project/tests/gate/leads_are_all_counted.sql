{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
-- Every lead of raw is in one agent-day, of all agents in every build: a change that nobody noted
-- moves a lead away from where it is still counted. It reads all of raw: the models of windows do
-- not wait for a check that waits for another model.
-- depends_on: {{ ref('agent_conversions') }}
with counted as (
    select sum(leads_assigned) as leads_in_marts from {{ ref('agent_performance_metrics') }}
),

held as (
    select count(*) as leads_in_raw from {{ source('raw', 'leads') }}
)

select
    counted.leads_in_marts,
    held.leads_in_raw
from counted
cross join held
where coalesce(counted.leads_in_marts, 0) <> held.leads_in_raw
