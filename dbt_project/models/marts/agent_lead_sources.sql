with windows as (
    select * from {{ ref('int_windows') }}
    where period = 'current'
),

leads as (
    select * from {{ ref('int_leads') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

conversions as (
    select * from {{ ref('int_conversions') }}
    where agent_id <> '' and {{ only_changed_agents('agent_id') }}
),

counted as (
    select
        leads.agent_id,
        windows.date_range,
        leads.source,
        count(*) as lead_count,
        count(*) filter (where leads.is_converted) as converted_count
    from leads
    inner join windows on leads.date between windows.starts_on and windows.ends_on
    group by leads.agent_id, windows.date_range, leads.source
),

earned as (
    select
        conversions.agent_id,
        windows.date_range,
        conversions.source,
        sum(conversions.revenue) as revenue
    from conversions
    inner join windows on conversions.date between windows.starts_on and windows.ends_on
    group by conversions.agent_id, windows.date_range, conversions.source
)

select
    agent_id,
    date_range,
    source,
    coalesce(counted.lead_count, 0)::bigint as lead_count,
    coalesce(counted.converted_count, 0)::bigint as converted_count,
    {{ pct('counted.converted_count', 'counted.lead_count') }}::numeric(4, 1)
        as conversion_rate_pct,
    coalesce(earned.revenue, 0)::numeric(24, 2) as revenue
from counted
full outer join earned using (agent_id, date_range, source)
