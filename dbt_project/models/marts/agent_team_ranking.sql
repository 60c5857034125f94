{{ config(materialized='table') }}

with kpis as (
    select * from {{ ref('agent_kpis') }}
    where leads_handled >= {{ var('min_leads_to_rank') }} and leads_handled > 0
),

components as (
    select
        agent_id,
        date_range,
        period,
        leads_converted::numeric(20, 12) / leads_handled as conversion_component,
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
    from kpis
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
)

select
    agent_id,
    date_range,
    period,
    (rank() over (partition by date_range, period order by score desc))::bigint as rank,
    (count(*) over (partition by date_range, period))::bigint as total_agents,
    score::numeric(7, 6) as score,
    round(conversion_component, 6)::numeric(7, 6) as conversion_component,
    round(satisfaction_component, 6)::numeric(7, 6) as satisfaction_component,
    round(response_component, 6)::numeric(7, 6) as response_component
from scored
