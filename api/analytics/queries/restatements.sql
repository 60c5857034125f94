-- The agent's numbers of closed days that changed after they were published, newest first.
select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                restatement.date,
                restatement.measure,
                restatement.old_value as old,
                restatement.new_value as new,
                restatement.build_id as "buildId",
                restatement.cause,
                (to_json(restatement.restated_at at time zone 'UTC') #>> '{}') || 'Z'
                    as "restatedAt"
            from serving.restatements as restatement
            where restatement.agent_id = %(agent_id)s
            order by restatement.build_id desc, restatement.date desc, restatement.measure asc
            limit 1000
        ) as listed
    )) as restatements
