-- One row per goal written. Skips a goal that changed since it was read or that is locked; the next
-- run writes it. One statement marks a goal as achieved and logs the activity, so that neither
-- exists without the other, and a goal that is already achieved is not logged again. A trigger
-- takes the activity out of the log when an open goal loses its achievement.
with incoming as (
    select incoming.*
    from
        unnest(
            %(goal_ids)s::bigint[],
            %(versions)s::text[],
            %(current_values)s::numeric[],
            %(achieved_ats)s::timestamptz[],
            %(closed_ats)s::timestamptz[],
            %(descriptions)s::text[]
        ) as incoming (goal_id, version, current_value, achieved_at, closed_at, description)
),

free as (
    select
        goal.id,
        goal.achieved_at is not null as is_achieved
    from public.agent_goals as goal
    inner join incoming on goal.id = incoming.goal_id and goal.xmin::text = incoming.version
    where goal.closed_at is null
    order by goal.id
    for no key update of goal skip locked
),

written as (
    update public.agent_goals as goal
    set
        current_value = incoming.current_value,
        achieved_at = incoming.achieved_at,
        closed_at = incoming.closed_at,
        updated_at = clock_timestamp()
    from free
    inner join incoming on free.id = incoming.goal_id
    where goal.id = free.id
    returning
        goal.*,
        incoming.achieved_at is not null and not free.is_achieved as is_newly_achieved,
        incoming.closed_at is not null as is_newly_closed,
        incoming.description
)

select
    id as goal_id,
    period,
    is_newly_achieved,
    is_newly_closed,
    repeats,
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
