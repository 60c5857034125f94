-- Runs an upsert and counts its rows.
with written as (
    {command}
)

select
    count(*) as row_count,
    min(changed_at) as oldest
from written
