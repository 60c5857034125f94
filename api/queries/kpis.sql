-- One row: the agent's numbers over the window, zeros and nulls where it has none.
select
    coalesce(kpis.leads_handled, 0) as leads_handled,
    coalesce(kpis.leads_this_week, 0) as leads_this_week,
    kpis.conversion_rate_pct as conversion_rate,
    coalesce(kpis.total_revenue, 0.00) as total_revenue,
    kpis.response_time_hours,
    kpis.response_time_median_hours,
    kpis.satisfaction_score,
    coalesce(kpis.satisfaction_count, 0) as satisfaction_count,
    ranking.rank as team_ranking,
    coalesce(
        ranking.total_agents, (build.ranked_agents ->> %(date_range)s::text)::bigint, 0
    ) as total_agents
from (
    select ranked_agents from serving.builds
    order by build_id desc limit 1
) as build
left join serving.agent_kpis as kpis
    on kpis.agent_id = %(agent_id)s and kpis.date_range = %(date_range)s
left join serving.agent_team_ranking as ranking
    on ranking.agent_id = %(agent_id)s and ranking.date_range = %(date_range)s
