-- Instant before which no open transaction can have set a row's time of change.
select
    least(
        now(),
        (
            select min(xact_start)
            from pg_stat_activity
            where
                backend_type not in ('autovacuum worker', 'walsender')
                and pid <> pg_backend_pid()
        )
    ) as watermark,
    exists(select 1 from pg_prepared_xacts) as has_prepared,
    pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_transactions
