select
    coalesce({assigned_agent_id}::text, '') as agent_id,
    {id}::text as lead_id,
    {source}::text as source,
    {disposition}::text as disposition,
    {response_time_hours}::numeric(14, 6)::text as response_time_hours,
    {satisfaction_rating}::integer as satisfaction_rating,
    {created_at}::timestamptz as created_at,
    {contacted_at}::timestamptz as contacted_at,
    {interested_at}::timestamptz as interested_at,
    coalesce({updated_at}, {created_at})::timestamptz as changed_at
from {table}
where {changed}
