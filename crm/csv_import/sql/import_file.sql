-- The temporary table has the types of the target, so that COPY rejects what the target would.
create temporary table {file} on commit drop as
select null::bigint as line, {columns}
from {table}
with no data
