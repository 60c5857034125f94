-- sqlfluff:dialect:duckdb
-- Run by DuckDB: the rows of the lake that raw does not hold, and their files.
create or replace temporary table gone as
select distinct
    lake.filename,
    lake.{id}
from read_parquet({files}, filename = true, hive_partitioning = false) as lake
anti join {raw} as raw on lake.{id} = raw.{id}
