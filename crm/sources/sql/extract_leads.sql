-- Leads as the lake stores them.
select
    regexp_replace(coalesce({assigned_agent_id}::text, ''), '^\s+$', '') as agent_id,
    {id}::text as lead_id,
    {source}::text as source,
    {disposition}::text as disposition,
    -- A value that numeric(14, 6) cannot hold becomes -99999999: like every negative time it
    -- is left out of averages.
    (
        case
            when {response_time_hours} is null then null
            when {response_time_hours} > -99999999 and {response_time_hours} < 99999999
                then {response_time_hours}
            else -99999999
        end
    )::numeric(14, 6) as response_time_hours,
    -- 0 marks a rating outside 1 to 5, null a missing one.
    case
        when {satisfaction_rating} is null then null
        when {satisfaction_rating} in (1, 2, 3, 4, 5) then {satisfaction_rating}::integer
        else 0
    end as satisfaction_rating,
    {created_at}::timestamptz as created_at,
    {contacted_at}::timestamptz as contacted_at,
    {interested_at}::timestamptz as interested_at,
    coalesce({updated_at}, {created_at})::timestamptz as changed_at
from {table}
where {changed}
