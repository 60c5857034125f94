-- Columns of existing tables that are not as the temporary tables of the same names declare them.
with columns as (
    select
        relation.relnamespace,
        relation.relname as table_name,
        attribute.attname as column_name,
        format_type(attribute.atttypid, attribute.atttypmod) as type,
        attribute.attnotnull as is_not_null
    from pg_class as relation
    inner join pg_attribute as attribute on relation.oid = attribute.attrelid
    where relation.relkind = 'r' and attribute.attnum > 0 and not attribute.attisdropped
),

declared as (
    select * from columns
    where relnamespace = pg_my_temp_schema()
),

existing as (
    select * from columns
    where
        relnamespace = {schema}::regnamespace
        and table_name in (select declared.table_name from declared)
)

select
    table_name,
    column_name,
    declared.type as declared_type,
    coalesce(declared.is_not_null, false) as declared_not_null,
    existing.type as existing_type,
    coalesce(existing.is_not_null, false) as existing_not_null
from declared
full outer join existing using (table_name, column_name)
where
    declared.type is distinct from existing.type
    or declared.is_not_null is distinct from existing.is_not_null
order by table_name, column_name
