-- The agent's own place among the ranked agents, nulls where it is not ranked.
with own as (
    select
        ranking.*,
        ranges.low,
        ranges.high,
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
    left join serving.agent_rank_ranges as ranges
        on
            ranking.agent_id = ranges.agent_id
            and ranking.date_range = ranges.date_range
            and ranges.agent_id = %(agent_id)s
),

components as (
    select
        -- generated: select agent_team_ranking ranking components own
        own.conversion_component as conversion,
        own.satisfaction_component as satisfaction,
        own.response_component as response
        -- end generated
    from own
),

weights as (
    select
        -- generated: select agent_team_ranking ranking weights own
        own.conversion_weight as conversion,
        own.satisfaction_weight as satisfaction,
        own.response_weight as response
        -- end generated
    from own
),

one_more as (
    select
        -- generated: select agent_team_ranking ranking oneMore own
        own.one_more_conversion as conversion,
        own.one_more_answer as answer,
        own.one_more_rating as rating
        -- end generated
    from own
)

select
    own.rank,
    case
        when own.low is not null then json_build_object('low', own.low, 'high', own.high)
    end as "rankRange",
    own.ranked_agents as "totalAgents",
    own.score,
    row_to_json(components) as components,
    case when own.agent_id is not null then row_to_json(weights) end as weights,
    row_to_json(one_more) as "oneMore",
    case when %(compare)s::text = 'previous' then own.rank_change end as change,
    case
        when %(from_date)s::date is not null then 'named_periods_only'
        when own.rank is null then coalesce(own.reason, 'too_few_leads')
    end as reason
from own
cross join components
cross join weights
cross join one_more
