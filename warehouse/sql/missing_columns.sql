-- Columns that are declared and do not exist, as `schema.table.column`.
select declared.table_name || '.' || declared.column_name
from
    unnest(%(tables)s::text[], %(columns)s::text[]) with ordinality
        as declared (table_name, column_name, position)
left join pg_attribute as existing
    on
        to_regclass(declared.table_name) = existing.attrelid
        and declared.column_name = existing.attname
        and not existing.attisdropped
where existing.attname is null
order by declared.position
