{{ config(materialized='table') }}

-- The whole dates of each period, and those of the period before it as they stood at the same age.
with spans as (
    select date_range, span, starts_on, ends_on, known_on from {{ ref('int_periods') }}
    where span in ('shown', 'previous_whole') and known_on is not null
),

sums as (
    select
        spans.date_range,
        spans.span,
        summed.*
    from spans
    inner join {{ ref('agent_period_sums') }} as summed
        on
            spans.starts_on = summed.starts_on
            and spans.ends_on = summed.ends_on
            and spans.known_on = summed.known_on
    where summed.leads_assigned >= {{ var('min_leads_to_rank') }} and summed.leads_assigned > 0
),

components as (
    select
        agent_id,
        date_range,
        span,
        count(*) over (partition by date_range, span) as agent_count,
        leads_converted::numeric(20, 12) / leads_assigned as conversion_component,
        (satisfaction_total::numeric(20, 12) / nullif(satisfaction_count, 0) - 1) / 4
            as satisfaction_component,
        -- In floating point, which is exact far beyond six decimals; of more than 64 half-lives
        -- nothing is left, and Postgres refuses what is too small for it. `least` leaves out nulls.
        case
            when response_count > 0
                then
                    power(
                        0.5::double precision,
                        least(
                            response_hours_total / response_count
                            / {{ var('response_half_life_hours') }},
                            64
                        )::double precision
                    )::numeric
        end as response_component
    from sums
),

scored as (
    select
        *,
        round(
            (
                {{ var('conversion_weight') }} * conversion_component
                + coalesce({{ var('satisfaction_weight') }} * satisfaction_component, 0)
                + coalesce({{ var('response_weight') }} * response_component, 0)
            ) / (
                {{ var('conversion_weight') }}
                + case
                    when satisfaction_component is null then 0
                    else {{ var('satisfaction_weight') }}
                end
                + case
                    when response_component is null then 0
                    else {{ var('response_weight') }}
                end
            ),
            6
        ) as score
    from components
    where agent_count >= {{ var('min_ranked_agents') }}
),

ranked as (
    select
        *,
        rank() over (partition by date_range, span order by score desc) as rank
    from scored
),

totals as (
    select
        date_range,
        count(*) filter (where span = 'shown') as total_agents,
        count(*) filter (where span = 'previous_whole') as previous_total_agents
    from ranked
    group by date_range
),

periods as (
    select date_range from spans
    where span = 'shown'
)

select
    agents.agent_id,
    periods.date_range,
    shown.rank::bigint as rank,
    coalesce(totals.total_agents, 0)::bigint as total_agents,
    shown.score::numeric(7, 6) as score,
    round(shown.conversion_component, 6)::numeric(7, 6) as conversion_component,
    round(shown.satisfaction_component, 6)::numeric(7, 6) as satisfaction_component,
    round(shown.response_component, 6)::numeric(7, 6) as response_component,
    earlier.rank::bigint as previous_rank,
    coalesce(totals.previous_total_agents, 0)::bigint as previous_total_agents,
    (earlier.rank - shown.rank)::bigint as rank_change,
    case
        when shown.rank is not null then null
        when large.agent_id is null then 'too_few_leads'
        else 'too_few_agents'
    end as reason
from {{ ref('int_agents') }} as agents
cross join periods
left join ranked as shown
    on
        agents.agent_id = shown.agent_id
        and periods.date_range = shown.date_range
        and shown.span = 'shown'
left join ranked as earlier
    on
        agents.agent_id = earlier.agent_id
        and periods.date_range = earlier.date_range
        and earlier.span = 'previous_whole'
left join components as large
    on
        agents.agent_id = large.agent_id
        and periods.date_range = large.date_range
        and large.span = 'shown'
left join totals on periods.date_range = totals.date_range
