-- The agent's insights, the most important first.
select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                insight.insight_id as id,
                insight.type,
                insight.title,
                insight.message,
                insight.metric,
                insight.value,
                insight.change,
                insight.is_better as better,
                json_build_object(
                    'n', insight.evidence -> 'n',
                    'nBefore', insight.evidence -> 'n_before',
                    'window', insight.evidence -> 'window',
                    'test', insight.evidence -> 'test',
                    'statistic', insight.evidence -> 'statistic',
                    'p', insight.evidence -> 'p'
                ) as evidence,
                insight.records
            from serving.agent_insights as insight
            where insight.agent_id = %(agent_id)s
            order by insight.position
        ) as listed
    )) as insights
