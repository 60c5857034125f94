-- One row: the agent's best day, its month so far, and the month's change.
select
    summary.best_date,
    summary.best_date_revenue,
    coalesce(summary.month_total, 0.00) as month_total,
    case when month_trend.agent_id is null then 0.0 else month_trend.change end as month_change
from (values (1)) as always (one_row)  -- noqa: ST11
left join serving.agent_revenue_summary as summary on summary.agent_id = %(agent_id)s
left join serving.agent_month_trend as month_trend on month_trend.agent_id = %(agent_id)s
