-- The facts of goals: one row per agent and period, with the sums of its days from the first to the
-- last or to the as-of date, and to the last complete day; 0 without activity.
with build as ({build}),

periods as (
    select *
    from
        unnest(%(agent_ids)s::text[], %(period_starts)s::date[], %(period_ends)s::date[])
            as period (agent_id, period_start, period_end)
)

select
    goal.agent_id,
    goal.period_start,
    goal.period_end,
    {sums}
from build
cross join periods as goal
left join {schema}.agent_performance_metrics as daily
    on
        daily.agent_id = {agent}
        and daily.date between goal.period_start and least(build.as_of, goal.period_end)
group by goal.agent_id, goal.period_start, goal.period_end
