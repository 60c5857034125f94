-- The types are those of the table, so that a value which it would refuse is refused while reading.
create temporary table {file} on commit drop as
select null::bigint as line, {columns}
from {table}
with no data
