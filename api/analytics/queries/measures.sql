-- The measures that the team has added, in its order; the value is null where the agent has none.
select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                defined.measure,
                trim_scale(own.value) as value,
                defined.text,
                defined.unit,
                defined.better
            from (
                select
                    metric.*,
                    substring(metric.field from '^measures\[(.*)\]\.value$') as measure
                from serving.metrics as metric
                where metric.route = '/agent/analytics/measures'
            ) as defined
            left join serving.agent_measures as own
                on
                    own.agent_id = %(agent_id)s
                    and own.date_range = %(date_range)s
                    and own.measure = defined.measure
            order by defined.position
        ) as listed
    )) as measures,
    case when %(from_date)s::date is not null then 'named_periods_only' end as reason
