-- sqlfluff:dialect:duckdb
-- Run by DuckDB: what a file of the lake holds of rows that are not gone.
copy (
    select lake.*
    from read_parquet({lake_file}, hive_partitioning = false) as lake
    anti join gone on lake.{id} = gone.{id}
) to {aside} (format parquet)
