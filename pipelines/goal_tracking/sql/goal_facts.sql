-- One row per agent and span of dates: the sums that goals are measured by, 0 where nothing was
-- done.
select
    span.agent_id,
    span.first_date,
    span.last_date,
    coalesce(sum(daily.conversions_booked), 0)::bigint as conversions_booked,
    coalesce(sum(daily.revenue_generated), 0) as revenue_generated,
    coalesce(sum(daily.response_hours_total), 0) as response_hours_total,
    coalesce(sum(daily.response_count), 0)::bigint as response_count
from
    unnest(%(agent_ids)s::text[], %(first_dates)s::date[], %(last_dates)s::date[])
        as span (agent_id, first_date, last_date)
left join {schema}.agent_performance_metrics as daily
    on
        span.agent_id = daily.agent_id
        and daily.date between span.first_date and span.last_date
group by span.agent_id, span.first_date, span.last_date
