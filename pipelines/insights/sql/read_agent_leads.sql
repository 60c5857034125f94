-- A stage has a day here only if the source knows it. Ordered, because floating-point sums
-- depend on the order of rows.
select
    agent_id,
    date,
    is_contacted,
    is_interested,
    is_converted,
    is_unresponded,
    is_waiting,
    response_hours,
    satisfaction_rating::bigint as satisfaction_rating,
    known_contacted_on as contacted_on,
    known_interested_on as interested_on,
    case when not is_converted_undated then converted_on end as converted_on,
    answered_on,
    contacted_weekday::bigint as contacted_weekday,
    contacted_hour::bigint as contacted_hour
from marts.agent_leads
where agent_id = any({agents}) and date >= {first_date}
order by agent_id, date, lead_id
