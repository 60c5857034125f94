-- Run by DuckDB: days on which the two databases have different rows.
select
    coalesce(source.day, raw.day) as day,
    coalesce(source.row_count, 0) as source_rows,
    coalesce(raw.row_count, 0) as raw_rows
from {source} as source
full outer join {raw} as raw on source.day = raw.day
where
    source.row_count is distinct from raw.row_count
    or source.checksum is distinct from raw.checksum
order by day
