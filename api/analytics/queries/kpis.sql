-- The agent's numbers over the period, zeros and nulls where it has none, and their trends; an
-- agent without trends earned and handled nothing on either side.
with build as (
    select
        ranked_agents,
        periods -> %(date_range)s::text ? 'previous' as has_complete_day
    from serving.builds
    order by build_id desc
    limit 1
),

ranking as (
    select
        own.rank,
        case
            when %(from_date)s::date is null
                then
                    coalesce(
                        own.total_agents,
                        (build.ranked_agents ->> %(date_range)s::text)::bigint,
                        0
                    )
        end as total_agents,
        case when %(compare)s::text = 'previous' then own.previous_rank end as previous_rank,
        case when %(compare)s::text = 'previous' then own.rank_change end as change,
        case
            when %(compare)s::text = 'year' or %(from_date)s::date is not null
                then 'named_periods_only'
            when not build.has_complete_day then 'no_complete_day'
            when own.rank_change is null then 'no_data'
        end as reason
    from build
    left join serving.agent_team_ranking as own
        on own.agent_id = %(agent_id)s and own.date_range = %(date_range)s
),

numbers as (
    select
        -- generated: select-or-zero agent_kpis kpis kpis kpis ...
        coalesce(kpis.leads_handled, 0) as "leadsHandled",
        coalesce(kpis.leads_this_week, 0) as "leadsThisWeek",
        kpis.conversion_rate_pct as "conversionRate",
        coalesce(kpis.total_revenue, 0.00) as "totalRevenue",
        coalesce(kpis.conversions_booked, 0) as "conversionsBooked",
        kpis.response_time_hours as "responseTimeHours",
        kpis.response_time_median_hours as "responseTimeMedianHours",
        kpis.response_time_business_hours as "responseTimeBusinessHours",
        kpis.satisfaction_score as "satisfactionScore",
        coalesce(kpis.satisfaction_count, 0) as "satisfactionCount",
        -- end generated
        ranking.rank as "teamRanking",
        ranking.total_agents as "totalAgents"
    from ranking
    left join serving.agent_kpis as kpis
        on kpis.agent_id = %(agent_id)s and kpis.date_range = %(date_range)s
),

metrics (place, name, empty_value, empty_change) as (
    values
    -- generated: trend-rows
    (1, 'leads', 0, 0.0),
    (2, 'conversion', null, null),
    (3, 'revenue', 0.00, 0.0),
    (4, 'response', null, null),
    (5, 'responseMedian', null, null),
    (6, 'responseBusiness', null, null),
    (7, 'satisfaction', null, null)
    -- end generated
),

empty_trends as (
    select
        json_object_agg(
            metrics.name,
            case when build.has_complete_day then metrics.empty_change end
            order by metrics.place
        )::text as changes,
        json_object_agg(
            metrics.name,
            json_build_object(
                'current', case when build.has_complete_day then metrics.empty_value end,
                'previous', case when build.has_complete_day then metrics.empty_value end,
                'change', case when build.has_complete_day then metrics.empty_change end,
                'unit', 'pct',
                'points', null,
                'better', null,
                'reason', case
                    when not build.has_complete_day then 'no_complete_day'
                    when metrics.empty_change is null then 'no_data'
                end,
                'isNotable', false
            )
            order by metrics.place
        )::text as details
    from metrics
    cross join build
),

-- The trends are stored as JSON objects, to which the rank's is added as text: Postgres need not
-- parse them.
trends as (
    select
        left(coalesce(own.changes, empty_trends.changes), -1)
        || ',"ranking":' || coalesce(ranking.change::text, 'null') || '}' as changes,
        left(coalesce(own.details, empty_trends.details), -1)
        || ',"ranking":' || json_build_object(
            'current', ranking.rank,
            'previous', ranking.previous_rank,
            'change', ranking.change,
            'unit', 'places',
            'points', null,
            'better', case when ranking.change <> 0 then ranking.change > 0 end,
            'reason', ranking.reason,
            'isNotable', false
        )::text || '}' as details
    from ranking
    cross join empty_trends
    left join serving.agent_trends as own
        on
            own.agent_id = %(agent_id)s
            and own.date_range = %(date_range)s
            and own.compare = %(compare)s
)

select
    row_to_json(numbers) as kpis,
    trends.changes::json as trends,
    trends.details::json as "trendDetails"
from numbers
cross join trends
