-- Numbers whose moves invalidate an agent's insights, for the periods that rules read. None waiting
-- is null: a first or last waiting lead is then a move.
select
    kpis.agent_id,
    kpis.date_range,
    kpis.leads_handled,
    kpis.conversions_booked,
    kpis.conversion_rate_pct,
    kpis.total_revenue,
    kpis.response_time_hours,
    kpis.satisfaction_score,
    times.unresponded_count,
    nullif(times.waiting_count, 0) as waiting_count,
    ranking.rank
from marts.agent_kpis as kpis
left join marts.agent_response_times as times using (agent_id, date_range)
left join marts.agent_team_ranking as ranking using (agent_id, date_range)
where kpis.agent_id <> '' and kpis.date_range in ('30', '90')
