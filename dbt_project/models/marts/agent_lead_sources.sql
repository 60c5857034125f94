with periods as (
    select * from {{ ref('int_periods') }}
    where span = 'shown'
),

leads as (
    select * from {{ ref('int_leads') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

conversions as (
    select * from {{ ref('int_conversions') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

{{ sources_of_periods() }}
