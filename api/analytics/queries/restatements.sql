-- The agent's numbers of closed days that changed after they were published, newest first. A build
-- of changed definitions is one row.
with restated as (
    select
        restatement.build_id,
        restatement.cause,
        restatement.date,
        restatement.measure,
        restatement.old_value as old,
        restatement.new_value as new,
        1 as changes,
        restatement.restated_at
    from serving.restatements as restatement
    where restatement.agent_id = %(agent_id)s and restatement.cause = 'source'
    union all
    select
        restatement.build_id,
        restatement.cause,
        null::date as date,
        null::text as measure,
        null::numeric as old,
        null::numeric as new,
        count(*)::integer as changes,
        max(restatement.restated_at) as restated_at
    from serving.restatements as restatement
    where restatement.agent_id = %(agent_id)s and restatement.cause = 'definition'
    group by restatement.build_id, restatement.cause
)

select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                restated.date,
                restated.measure,
                restated.old,
                restated.new,
                restated.changes,
                restated.build_id as "buildId",
                restated.cause,
                (to_json(restated.restated_at at time zone 'UTC') #>> '{}') || 'Z'
                    as "restatedAt"
            from restated
            order by restated.build_id desc, restated.date desc, restated.measure asc
            limit 1000
        ) as listed
    )) as restatements
