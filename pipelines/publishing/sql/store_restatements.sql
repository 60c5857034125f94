insert into serving.restatements
(agent_id, build_id, date, measure, old_value, new_value, cause)
select
    agent_id,
    %(build_id)s as new_build,
    date,
    measure,
    old_value,
    new_value,
    %(cause)s as cause_of_change
from restated
