-- sqlfluff:dialect:duckdb
-- Run by DuckDB: the files of the lake with a row that raw does not hold.
select distinct lake.filename
from read_parquet({files}, filename = true, hive_partitioning = false) as lake
anti join {raw} as raw on lake.{id} = raw.{id}
