-- Per measure: changed rows and agents, and the row that moves furthest of each of the top agents.
with totals as (
    select
        measure,
        count(*) as rows,
        count(distinct agent_id) as agents
    from differences
    group by measure
),

of_agents as (
    select distinct on (measure, agent_id) *
    from differences
    order by measure asc, agent_id asc, distance desc nulls last, row_key asc
),

placed as (
    select
        of_agents.*,
        row_number() over (
            partition by of_agents.measure
            order by of_agents.distance desc nulls last, of_agents.agent_id asc
        ) as place
    from of_agents
)

select
    measure,
    totals.rows,
    totals.agents,
    jsonb_agg(
        jsonb_build_object(
            'agent_id', placed.agent_id, 'row_key', placed.row_key,
            'old', placed.old_value, 'new', placed.new_value
        )
        order by placed.place
    ) as moves
from totals
inner join placed using (measure)
where placed.place <= {most}
group by measure, totals.rows, totals.agents
