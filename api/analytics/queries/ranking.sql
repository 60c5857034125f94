-- The agent's own place among the ranked agents, nulls where it is not ranked.
with own as (
    select
        ranking.*,
        case
            when %(from_date)s::date is null
                then
                    coalesce(
                        ranking.total_agents,
                        (build.ranked_agents ->> %(date_range)s::text)::bigint,
                        0
                    )
        end as ranked_agents
    from (
        select ranked_agents from serving.builds
        order by build_id desc limit 1
    ) as build
    left join serving.agent_team_ranking as ranking
        on ranking.agent_id = %(agent_id)s and ranking.date_range = %(date_range)s
),

components as (
    select
        -- generated: select agent_team_ranking ranking components own
        own.conversion_component as conversion,
        own.satisfaction_component as satisfaction,
        own.response_component as response
        -- end generated
    from own
)

select
    own.rank,
    own.ranked_agents as "totalAgents",
    own.score,
    row_to_json(components) as components,
    case when %(compare)s::text = 'previous' then own.rank_change end as change,
    case
        when %(from_date)s::date is not null then 'named_periods_only'
        when own.rank is null then coalesce(own.reason, 'too_few_leads')
    end as reason
from own
cross join components
