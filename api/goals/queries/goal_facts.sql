-- One row per period: the agent's sums from its first day to its last, or to the as-of date.
select
    span.period_start,
    span.period_end,
    coalesce(sum(daily.conversions_booked), 0)::bigint as conversions_booked,
    coalesce(sum(daily.revenue_generated), 0) as revenue_generated,
    coalesce(sum(daily.response_hours_total), 0) as response_hours_total,
    coalesce(sum(daily.response_count), 0)::bigint as response_count
from
    unnest(%(period_starts)s::date[], %(period_ends)s::date[])
        as span (period_start, period_end)
cross join (  -- noqa: ST05
    select as_of from serving.builds
    order by build_id desc limit 1
) as build
left join serving.agent_performance_metrics as daily
    on
        daily.agent_id = %(agent_id)s
        and daily.date between span.period_start and least(build.as_of, span.period_end)
group by span.period_start, span.period_end
