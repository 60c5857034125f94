-- Primary keys and checks that either the existing tables or the temporary tables of the same names
-- have, and not both.
with constraints as (
    select
        relation.relnamespace,
        relation.relname as table_name,
        pg_constraint.conname as constraint_name,
        pg_constraint.contype = 'p' as is_key,
        regexp_replace(pg_get_constraintdef(pg_constraint.oid), ' NOT VALID$', '') as definition
    from pg_constraint
    inner join pg_class as relation on pg_constraint.conrelid = relation.oid
    where pg_constraint.contype in ('p', 'c')
),

declared as (
    select * from constraints
    where relnamespace = pg_my_temp_schema()
),

existing as (
    select * from constraints
    where
        relnamespace = {schema}::regnamespace
        and table_name in (select declared.table_name from declared)
)

select
    table_name,
    is_key,
    definition,
    existing.constraint_name as existing_name
from declared
full outer join existing using (table_name, is_key, definition)
where declared.constraint_name is null or existing.constraint_name is null
order by table_name, definition
