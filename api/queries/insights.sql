-- The agent's insights, the most important first.
select
    insight.insight_id as id,
    insight.type,
    insight.title,
    insight.message,
    insight.metric,
    insight.value,
    insight.change,
    insight.is_better as better,
    insight.evidence,
    insight.records
from serving.agent_insights as insight
where insight.agent_id = %(agent_id)s
order by insight.position
