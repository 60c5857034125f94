-- One row per open goal; Postgres changes xmin with every write of a row.
select
    {goal_columns},
    current_value::numeric as current_value,
    xmin::text as version
from public.agent_goals
where closed_at is null
order by id
