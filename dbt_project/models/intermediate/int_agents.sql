{{ config(incremental_strategy='changed_agents', post_hook='{{ analyze_if_rebuilt() }}') }}

with leads as (
    select
        agent_id,
        min(date) filter (where not is_assignment_logged) as first_date
    from {{ ref('int_leads') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
    group by agent_id
),

conversions as (
    select distinct agent_id from {{ ref('int_conversions') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

agents as (
    select * from leads  -- noqa: RF02
    full outer join conversions using (agent_id)
),

activities as (
    select
        agent_id,
        {{ day('min(occurred_at)') }} as first_date
    from {{ ref('stg_agent_activity_log') }}
    where {{ only_changed_agents('agent_id') }}
    group by agent_id
)

select
    agents.agent_id,
    least(agents.first_date, activities.first_date) as first_date
from agents
left join activities on agents.agent_id = activities.agent_id
