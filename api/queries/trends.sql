-- One row per metric; an agent without a row earned and handled nothing in either window.
select
    metric.name as metric,
    case when trend.metric is null then metric.empty_value else trend.current_value end as current,
    case when trend.metric is null then metric.empty_value else trend.previous_value end
        as previous,
    case when trend.metric is null then metric.empty_change else trend.change end as change,
    coalesce(trend.unit, metric.unit) as unit,
    trend.change_points as points,
    trend.is_better as better,
    case
        when trend.metric is not null then trend.reason
        when metric.empty_change is null then 'no_data'
    end as reason
from (
    values
    ('leads', 'pct', 0, 0.0),
    ('conversion', 'pct', null, null),
    ('revenue', 'pct', 0.00, 0.0),
    ('response', 'pct', null, null),
    ('responseMedian', 'pct', null, null),
    ('satisfaction', 'pct', null, null),
    ('ranking', 'places', null, null)
) as metric (name, unit, empty_value, empty_change)
left join serving.agent_trends as trend
    on
        trend.agent_id = %(agent_id)s
        and trend.date_range = %(date_range)s
        and trend.metric = metric.name
