-- Tables of the warehouse by schema, in the order in which data moves.
select relnamespace::regnamespace::text as schema_name, relname as table_name
from pg_class
where
    relnamespace::regnamespace::text in (
        'raw', 'state', 'intermediate', 'marts', 'insights', 'serving'
    )
    and relkind = 'r'
    and relname not like '%\_incoming'
order by
    array_position(
        array['raw', 'state', 'intermediate', 'marts', 'insights', 'serving'],
        relnamespace::regnamespace::text
    ),
    relname
