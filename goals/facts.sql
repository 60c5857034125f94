-- The facts of goals: one row per agent and period, with the sums of its days from the first to the
-- last or to the as-of date; 0 without activity.
select
    period.agent_id,
    period.period_start,
    period.period_end,
    {sums}
from
    unnest(%(agent_ids)s::text[], %(period_starts)s::date[], %(period_ends)s::date[])
        as period (agent_id, period_start, period_end)
left join {schema}.agent_performance_metrics as daily
    on
        daily.agent_id = {agent}
        and daily.date between period.period_start and least({as_of}, period.period_end)
group by period.agent_id, period.period_start, period.period_end
