-- sqlfluff:dialect:duckdb
-- Run by DuckDB: ids of lake rows that raw no longer has, and their files.
create or replace temporary table gone as
select distinct
    lake.filename,
    lake.{id}
from read_parquet({files}, filename = true, hive_partitioning = false) as lake
anti join {raw} as raw on lake.{id} = raw.{id}
