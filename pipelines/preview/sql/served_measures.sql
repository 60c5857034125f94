select
    attname as name,
    atttypid = any(
        '{{smallint,integer,bigint,numeric,real,double precision}}'::regtype[]
    ) as is_number,
    attnotnull as is_never_null
from pg_attribute
where
    attrelid = %(table)s::regclass
    and attnum > 0
    and not attisdropped
    and attname <> all(%(key)s)
order by attnum
