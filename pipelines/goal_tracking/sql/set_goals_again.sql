-- Sets each closed goal again for another period, with the target that it has now. Skips a goal
-- whose agent has one of its kind there already, whatever the bounds that it was set with.
insert into public.agent_goals (
    agent_id, period, goal_type, target_value, period_start, period_end, repeats
)
select
    closed.agent_id,
    closed.period,
    closed.goal_type,
    closed.target_value,
    following.period_start,
    following.period_end,
    true as repeats
from
    unnest(%(goal_ids)s::bigint[], %(period_starts)s::date[], %(period_ends)s::date[])
        as following (goal_id, period_start, period_end)
inner join public.agent_goals as closed on following.goal_id = closed.id
where
    not exists (
        select 1 from public.agent_goals as present
        where
            present.agent_id = closed.agent_id
            and present.period = closed.period
            and present.goal_type = closed.goal_type
            and present.period_start <= following.period_end
            and present.period_end >= following.period_start
    )
order by closed.agent_id, closed.id
on conflict do nothing
