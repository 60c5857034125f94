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

counted as (
    select
        leads.agent_id,
        periods.date_range,
        leads.source,
        count(*) as lead_count,
        count(*) filter (where {{ had_reached('converted', 'periods.known_on') }})
            as converted_count
    from leads
    inner join periods on leads.date between periods.starts_on and periods.ends_on
    group by leads.agent_id, periods.date_range, leads.source
),

earned as (
    select
        conversions.agent_id,
        periods.date_range,
        conversions.source,
        {{ conversions_counted() }}
    from conversions
    inner join periods on conversions.date between periods.starts_on and periods.ends_on
    group by conversions.agent_id, periods.date_range, conversions.source
)

select
    agent_id,
    date_range,
    source,
    coalesce(counted.lead_count, 0)::bigint as lead_count,
    coalesce(counted.converted_count, 0)::bigint as converted_count,
    {{ pct('counted.converted_count', 'counted.lead_count') }}::numeric(4, 1)
        as conversion_rate_pct,
    coalesce(earned.revenue_generated, 0)::numeric(24, 2) as revenue,
    coalesce(earned.conversions_booked, 0)::bigint as conversions_booked
from counted
full outer join earned using (agent_id, date_range, source)
