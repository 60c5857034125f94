-- One row per open goal; Postgres changes xmin with every write of a row.
select
    id,
    agent_id,
    goal_type,
    period,
    target_value::numeric as target_value,
    to_char(period_start, 'YYYY-MM-DD') as period_start,
    to_char(period_end, 'YYYY-MM-DD') as period_end,
    achieved_at,
    closed_at,
    current_value::numeric as current_value,
    xmin::text as version
from public.agent_goals
where closed_at is null
order by id
