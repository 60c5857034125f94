-- Row estimate from pg_class, partitions included; null before the first ANALYZE.
with recursive parts as (
    select to_regclass(%(leads_text)s)::oid as relation
    union all
    select pg_inherits.inhrelid
    from pg_inherits
    inner join parts on pg_inherits.inhparent = parts.relation
)

select sum(nullif(pg_class.reltuples, -1))::bigint as row_estimate
from parts
inner join pg_class on parts.relation = pg_class.oid
where pg_class.relkind in ('r', 'f', 'm')
