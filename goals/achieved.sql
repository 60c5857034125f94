-- The instant at which each target was reached: that of the conversion whose running sum in the
-- period, refunds left out, is the first to reach it. No row for a target that is not reached.
with build as ({build}),

goals as (
    select *
    from
        unnest(
            %(target_agents)s::text[],
            %(target_starts)s::date[],
            %(target_ends)s::date[],
            %(target_types)s::text[],
            %(targets)s::numeric[]
        ) as target (agent_id, period_start, period_end, goal_type, target)
),

running as (
    select
        goal.agent_id,
        goal.period_start,
        goal.period_end,
        goal.goal_type,
        goal.target,
        conversion.occurred_at,
        sum(case goal.goal_type when 'revenue' then conversion.revenue else 1 end) over (
            partition by
                goal.agent_id, goal.period_start, goal.period_end, goal.goal_type, goal.target
            order by conversion.occurred_at, conversion.activity_id
        ) as total
    from build
    cross join goals as goal
    inner join {schema}.agent_conversions as conversion
        on
            conversion.agent_id = {agent}
            and conversion.date between goal.period_start and least(build.as_of, goal.period_end)
            and not conversion.is_refund
)

select
    agent_id,
    period_start,
    period_end,
    goal_type,
    target,
    min(occurred_at) as achieved_at
from running
where total >= target
group by agent_id, period_start, period_end, goal_type, target
