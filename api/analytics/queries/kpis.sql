-- The agent's numbers over the window, zeros and nulls where it has none, and how each stands
-- against the window before; an agent without a trend earned and handled nothing in either.
with numbers as (
    select
        -- generated: select-or-zero agent_kpis kpis kpis kpis ...
        coalesce(kpis.leads_handled, 0) as "leadsHandled",
        coalesce(kpis.leads_this_week, 0) as "leadsThisWeek",
        kpis.conversion_rate_pct as "conversionRate",
        coalesce(kpis.total_revenue, 0.00) as "totalRevenue",
        kpis.response_time_hours as "responseTimeHours",
        kpis.response_time_median_hours as "responseTimeMedianHours",
        kpis.satisfaction_score as "satisfactionScore",
        coalesce(kpis.satisfaction_count, 0) as "satisfactionCount",
        -- end generated
        ranking.rank as "teamRanking",
        coalesce(
            ranking.total_agents, (build.ranked_agents ->> %(date_range)s::text)::bigint, 0
        ) as "totalAgents"
    from (
        select ranked_agents from serving.builds
        order by build_id desc limit 1
    ) as build
    left join serving.agent_kpis as kpis
        on kpis.agent_id = %(agent_id)s and kpis.date_range = %(date_range)s
    left join serving.agent_team_ranking as ranking
        on ranking.agent_id = %(agent_id)s and ranking.date_range = %(date_range)s
),

metrics (place, name, unit, empty_value, empty_change) as (
    values
    -- generated: trend-rows
    (1, 'leads', 'pct', 0, 0.0),
    (2, 'conversion', 'pct', null, null),
    (3, 'revenue', 'pct', 0.00, 0.0),
    (4, 'response', 'pct', null, null),
    (5, 'responseMedian', 'pct', null, null),
    (6, 'satisfaction', 'pct', null, null),
    (7, 'ranking', 'places', null, null)
    -- end generated
),

compared as (
    select
        metrics.place,
        metrics.name,
        case when trend.metric is null then metrics.empty_change else trend.change end as change,
        case when trend.metric is null then metrics.empty_value else trend.current_value end
            as current,
        case when trend.metric is null then metrics.empty_value else trend.previous_value end
            as previous,
        coalesce(trend.unit, metrics.unit) as unit,
        trend.change_points as points,
        trend.is_better as better,
        case
            when trend.metric is not null then trend.reason
            when metrics.empty_change is null then 'no_data'
        end as reason
    from metrics
    left join serving.agent_trends as trend
        on
            trend.agent_id = %(agent_id)s
            and trend.date_range = %(date_range)s
            and trend.metric = metrics.name
),

changes as (
    select
        -- generated: trend-changes
        max(change) filter (where name = 'leads') as leads,
        max(change) filter (where name = 'conversion') as conversion,
        max(change) filter (where name = 'revenue') as revenue,
        max(change) filter (where name = 'response') as response,
        max(change) filter (where name = 'responseMedian') as "responseMedian",
        max(change) filter (where name = 'satisfaction') as satisfaction,
        max(change) filter (where name = 'ranking') as ranking
        -- end generated
    from compared
),

details as (
    select
        json_object_agg(
            name,
            json_build_object(
                'current', current,
                'previous', previous,
                'change', change,
                'unit', unit,
                'points', points,
                'better', better,
                'reason', reason
            )
            order by place
        ) as of_metric
    from compared
)

select
    row_to_json(numbers) as kpis,
    row_to_json(changes) as trends,
    details.of_metric as "trendDetails"
from numbers
cross join changes
cross join details
