-- A row for each new goal, in one order for everybody, so that no two requests wait for each other.
insert into public.agent_goals (
    agent_id, period, goal_type, target_value, period_start, period_end, repeats,
    created_at, updated_at
)
select
    %(agent_id)s as agent_id,
    %(period)s as period,
    added.goal_type,
    added.target_value,
    %(period_start)s as period_start,
    %(period_end)s as period_end,
    coalesce(%(repeats)s::boolean, false) as repeats,
    clock_timestamp() as created_at,
    clock_timestamp() as updated_at
from
    unnest(%(goal_types)s::text[], %(targets)s::numeric[]) as added (goal_type, target_value)
order by added.goal_type
returning
    {goal_columns}
