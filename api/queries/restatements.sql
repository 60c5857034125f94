-- The agent's numbers of closed days that changed after they were published, newest first.
select
    restatement.date,
    restatement.measure,
    restatement.old_value as old,
    restatement.new_value as new,
    restatement.build_id,
    restatement.cause,
    restatement.restated_at
from serving.restatements as restatement
where restatement.agent_id = %(agent_id)s
order by restatement.build_id desc, restatement.date desc, restatement.measure asc
limit 1000
