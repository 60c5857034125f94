-- Ranked agents, and the sums of the whole period that their scores come from, with the hours of
-- the clock that the ranking uses. Logarithms are of elapsed hours.
select
    ranking.agent_id,
    ranking.date_range,
    ranking.rank,
    ranking.conversion_weight,
    ranking.satisfaction_weight,
    ranking.response_weight,
    sums.leads_assigned,
    sums.leads_converted,
    sums.satisfaction_total,
    sums.satisfaction_squares,
    sums.satisfaction_count,
    sums.{hours}::double precision as response_hours_total,
    sums.response_log_total::double precision as response_log_total,
    sums.response_log_squares::double precision as response_log_squares,
    sums.{responses} as response_count,
    sums.response_count as logged_response_count
from marts.agent_team_ranking as ranking
inner join intermediate.int_periods as periods
    on ranking.date_range = periods.date_range and periods.span = 'shown'
inner join marts.agent_period_sums as sums
    on
        ranking.agent_id = sums.agent_id
        and periods.starts_on = sums.starts_on
        and periods.ends_on = sums.ends_on
        and periods.known_on = sums.known_on
where ranking.rank is not null
order by ranking.date_range, ranking.agent_id
