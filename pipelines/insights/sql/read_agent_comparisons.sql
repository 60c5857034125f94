select * from marts.agent_comparisons
where {scope}
