-- Which transactions this one sees as ended, and the time.
select pg_current_snapshot()::text as snapshot, clock_timestamp() as taken_at
