select
    tables.relname,
    pg_total_relation_size(tables.oid) as bytes,
    tables.reltuples::bigint as estimated_rows
from pg_class as tables
where
    tables.relnamespace = to_regnamespace(%(schema)s)
    and tables.relkind = 'r'
    and (%(table_name)s::text is null or tables.relname = %(table_name)s)
