-- Number of pages of a table that several sessions can read by ranges of ctid; 0 unless it is a
-- heap table on a primary server whose ctid the role may select.
-- Postgres before version 14 scans the whole table for a range of ctid.
select
    case
        when pg_is_in_recovery() or current_setting('server_version_num')::integer < 140000 then 0
        else coalesce(
            (
                select pg_relation_size(tables.oid) / current_setting('block_size')::integer
                from pg_class as tables
                inner join pg_am on tables.relam = pg_am.oid
                where
                    tables.oid = to_regclass({table_name})
                    and tables.relkind = 'r'
                    and pg_am.amname = 'heap'
                    and has_column_privilege(tables.oid, 'ctid', 'select')
            ),
            0
        )
    end as pages
