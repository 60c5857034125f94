-- Per period: agents whose rank would move, enter or fall out, and the furthest move.
with served as (
    select agent_id, date_range, rank from serving.agent_team_ranking
),

built as (
    select agent_id, date_range, rank from marts.agent_team_ranking
)

select
    date_range,
    count(*) filter (where served.rank <> built.rank) as moved,
    count(*) filter (where served.rank is null) as entered,
    count(*) filter (where built.rank is null) as fallen_out,
    (
        array_agg(
            jsonb_build_object(
                'agent_id', agent_id, 'old_rank', served.rank, 'new_rank', built.rank
            )
            order by abs(served.rank - built.rank) desc, agent_id asc
        ) filter (where served.rank <> built.rank)
    )[1] as furthest
from served
full outer join built using (agent_id, date_range)
where served.rank is distinct from built.rank
group by date_range
order by date_range
