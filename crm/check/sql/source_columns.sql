-- Columns of the mapped leads table: type, whether the role may read them, whether an index begins
-- with them.
select
    attribute.attname as name,
    format_type(coalesce(nullif(pg_type.typbasetype, 0), pg_type.oid), null) as type,
    has_column_privilege(attribute.attrelid, attribute.attnum, 'select') as is_readable,
    exists(
        select from pg_index
        where
            pg_index.indrelid = attribute.attrelid
            and pg_index.indisvalid
            and pg_index.indpred is null
            and pg_index.indkey[0] = attribute.attnum
    ) as is_indexed
from pg_attribute as attribute
inner join pg_type on attribute.atttypid = pg_type.oid
where
    attribute.attrelid = to_regclass(%(leads_text)s)
    and attribute.attnum > 0
    and not attribute.attisdropped
