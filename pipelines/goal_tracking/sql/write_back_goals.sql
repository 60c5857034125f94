-- One row per goal written. A goal that someone has changed since it was read, or holds locked, is
-- left for the next run. The statement that makes it achieved also logs it: neither is ever there
-- without the other, and the row says whether it was done before.
with wanted as (
    select wanted.*
    from
        unnest(
            %(goal_ids)s::bigint[],
            %(versions)s::text[],
            %(current_values)s::numeric[],
            %(achieved_ats)s::timestamptz[],
            %(closed_ats)s::timestamptz[],
            %(descriptions)s::text[]
        ) as wanted (goal_id, version, current_value, achieved_at, closed_at, description)
),

free as (
    select goal.id
    from public.agent_goals as goal
    inner join wanted on goal.id = wanted.goal_id and goal.xmin::text = wanted.version
    order by goal.id
    for no key update of goal skip locked
),

written as (
    update public.agent_goals as goal
    set
        current_value = wanted.current_value,
        achieved_at = coalesce(goal.achieved_at, wanted.achieved_at),
        closed_at = coalesce(goal.closed_at, wanted.closed_at),
        updated_at = clock_timestamp()
    from free
    inner join wanted on free.id = wanted.goal_id
    where goal.id = free.id and (wanted.achieved_at is null or goal.achieved_at is null)
    returning
        goal.*,
        wanted.achieved_at is not null as is_newly_achieved,
        wanted.closed_at is not null as is_newly_closed,
        wanted.description
)

select
    is_newly_achieved,
    is_newly_closed,
    case
        when is_newly_achieved then public.log_agent_activity(
            agent_id, null, 'goal_achieved', 'Goal Achieved', description,
            jsonb_build_object(
                'goal_id', id,
                'goal_type', goal_type,
                'period', period,
                'period_start', period_start,
                'period_end', period_end,
                'target', target_value,
                'current', current_value
            )
        )
    end as activity_id
from written
