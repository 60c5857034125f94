-- One row: the agent's own place among the ranked agents, nulls where it is not ranked.
select
    ranking.rank,
    coalesce(
        ranking.total_agents, (build.ranked_agents ->> %(date_range)s::text)::bigint, 0
    ) as total_agents,
    ranking.score,
    ranking.conversion_component as conversion,
    ranking.satisfaction_component as satisfaction,
    ranking.response_component as response,
    trend.change
from (
    select ranked_agents from serving.builds
    order by build_id desc limit 1
) as build
left join serving.agent_team_ranking as ranking
    on ranking.agent_id = %(agent_id)s and ranking.date_range = %(date_range)s
left join serving.agent_trends as trend
    on
        trend.agent_id = %(agent_id)s
        and trend.date_range = %(date_range)s
        and trend.metric = 'ranking'
