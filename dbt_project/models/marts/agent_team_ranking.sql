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
    where
        summed.leads_assigned >= {{ var('min_leads_to_rank') }}
        and summed.leads_assigned > 0
        and {{ var('is_ranking_served') }}
),

components as (
    select
        *,
        count(*) over (partition by date_range, span) as agent_count,
        {{ conversion_component('leads_converted', 'leads_assigned') }} as conversion_component,
        {{ satisfaction_component('satisfaction_total', 'satisfaction_count') }}
            as satisfaction_component,
        {{ response_component(ranked_responses('hours_total'), ranked_responses('count')) }}
            as response_component,
        -- With one more lead that converts, one that is answered immediately, one that is rated 5.
        {{ conversion_component('leads_converted + 1', 'leads_assigned') }}
            as next_conversion_component,
        {{ satisfaction_component('satisfaction_total + 5', 'satisfaction_count + 1') }}
            as next_satisfaction_component,
        {{ response_component(
            ranked_responses('hours_total'), ranked_responses('count') ~ ' + 1'
        ) }}
            as next_response_component
    from sums
),

scored as (
    select
        *,
        {{ score('conversion_component', 'satisfaction_component', 'response_component') }}
            as score
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
    case
        when shown.leads_converted < shown.leads_assigned
            then
                ({{ score('shown.next_conversion_component', 'shown.satisfaction_component',
                    'shown.response_component') }} - shown.score)::numeric(7, 6)
    end as one_more_conversion,
    case
        when shown.response_count < shown.leads_assigned
            then
                ({{ score('shown.conversion_component', 'shown.satisfaction_component',
                    'shown.next_response_component') }} - shown.score)::numeric(7, 6)
    end as one_more_answer,
    case
        when shown.satisfaction_count < shown.leads_assigned
            then
                ({{ score('shown.conversion_component', 'shown.next_satisfaction_component',
                    'shown.response_component') }} - shown.score)::numeric(7, 6)
    end as one_more_rating,
    {{ weight('conversion') }}::numeric(7, 6) as conversion_weight,
    {{ weight('satisfaction') }}::numeric(7, 6) as satisfaction_weight,
    {{ weight('response') }}::numeric(7, 6) as response_weight,
    earlier.rank::bigint as previous_rank,
    coalesce(totals.previous_total_agents, 0)::bigint as previous_total_agents,
    (earlier.rank - shown.rank)::bigint as rank_change,
    case
        when shown.rank is not null then null
        when not {{ var('is_ranking_served') }} then 'not_served'
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
