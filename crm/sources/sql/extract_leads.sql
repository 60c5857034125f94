-- Leads as the lake stores them. Instants outside the years 1 to 9999 are null.
select
    {agent_id} as agent_id,
    {id}::text as lead_id,
    {source}::text as source,
    {disposition}::text as disposition,
    -- -99999999 marks NaN and infinities. A number that numeric(14, 6) cannot hold becomes
    -- -99999998: like every negative time it is left out of averages.
    (
        case
            when {response_time_hours} is null then null
            when {response_time_hours}::text in ('NaN', 'Infinity', '-Infinity') then -99999999
            when {response_time_hours} > -99999998 and {response_time_hours} < 99999999
                then {response_time_hours}
            else -99999998
        end
    )::numeric(14, 6) as response_time_hours,
    -- 0 marks a rating outside 1 to 5, null a missing one.
    case
        when {satisfaction_rating} is null then null
        when {satisfaction_rating} in (1, 2, 3, 4, 5) then {satisfaction_rating}::integer
        else 0
    end as satisfaction_rating,
    case when {created_at}::timestamptz <@ {readable} then {created_at}::timestamptz end
        as created_at,
    case when {contacted_at}::timestamptz <@ {readable} then {contacted_at}::timestamptz end
        as contacted_at,
    case when {interested_at}::timestamptz <@ {readable} then {interested_at}::timestamptz end
        as interested_at,
    case
        when {updated_at}::timestamptz <@ {readable} then {updated_at}::timestamptz
        when {created_at}::timestamptz <@ {readable} then {created_at}::timestamptz
        else 'epoch'
    end as changed_at
from {table}
where {changed}
