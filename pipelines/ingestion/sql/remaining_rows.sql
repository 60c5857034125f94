-- sqlfluff:dialect:duckdb
-- Run by DuckDB: copies the rows of a lake file that raw still has.
copy (
    select lake.*
    from read_parquet({lake_file}, hive_partitioning = false) as lake
    anti join gone on lake.{id} = gone.{id}
) to {target_file} (format parquet)
