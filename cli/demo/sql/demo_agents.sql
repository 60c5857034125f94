select kpis.agent_id, kpis.leads_handled
from serving.agent_kpis as kpis
left join serving.agent_team_ranking as ranking using (agent_id, date_range)
where kpis.date_range = %(date_range)s
order by ranking.rank nulls last, kpis.agent_id
