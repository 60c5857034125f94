-- Checks that hold for rows written since they were added, and were not found to hold for all.
select
    conrelid::regclass::text as table_name,
    conname as constraint_name
from pg_constraint
where contype = 'c' and not convalidated and connamespace = {schema}::regnamespace
order by table_name, constraint_name
