{{ config(incremental_strategy='changed_agents', post_hook='{{ analyze_if_rebuilt() }}') }}

select agent_id from {{ ref('int_leads') }}
where agent_id <> '' and {{ only_changed_agents('agent_id') }}
union
select agent_id from {{ ref('int_conversions') }}
where agent_id <> '' and {{ only_changed_agents('agent_id') }}
