-- Per measure how many rows and agents, and of the rows the one that moves furthest.
with totals as (
    select
        measure,
        count(*) as rows,
        count(distinct agent_id) as agents
    from served_otherwise
    group by measure
),

furthest as (
    select distinct on (measure) *
    from served_otherwise
    order by measure asc, distance desc nulls last, agent_id asc, row_key asc
)

select
    measure,
    totals.rows,
    totals.agents,
    furthest.agent_id,
    furthest.row_key,
    furthest.old_value as old,
    furthest.new_value as new
from totals
inner join furthest using (measure)
