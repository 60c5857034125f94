-- Other targets for goals that the agent has, and whether they repeat; one that is harder to reach
-- has yet to be achieved.
update public.agent_goals as goal
set
    target_value = wanted.target_value,
    achieved_at = wanted.achieved_at,
    repeats = coalesce(%(repeats)s::boolean, goal.repeats),
    updated_at = clock_timestamp()
from
    unnest(%(goal_ids)s::bigint[], %(targets)s::numeric[], %(achieved_ats)s::timestamptz[])
        as wanted (goal_id, target_value, achieved_at)
where
    goal.agent_id = %(agent_id)s
    and goal.id = wanted.goal_id
    and (
        goal.target_value <> wanted.target_value
        or goal.repeats <> %(repeats)s::boolean
    )
