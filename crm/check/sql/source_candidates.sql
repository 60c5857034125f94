-- Tables and views with a name similar to that of the missing leads table.
select format('%%s.%%s', pg_namespace.nspname, pg_class.relname) as name
from pg_class
inner join pg_namespace on pg_class.relnamespace = pg_namespace.oid
where
    pg_class.relkind in ('r', 'p', 'v', 'm', 'f')
    and pg_namespace.nspname not in ('information_schema', 'pg_catalog', 'pg_toast')
    and not pg_class.relispartition
    and (
        lower(pg_class.relname) = lower(%(leads_name)s)
        or pg_class.relname ~* '(lead|prospect|deal)'
    )
order by lower(pg_class.relname) = lower(%(leads_name)s) desc, name asc
limit 5
