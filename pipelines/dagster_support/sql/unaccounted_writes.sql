-- By table that a build reads or makes: its file, which a truncation replaces, and the rows ever
-- written to it, less those that loads account for. The same as after the last publish, unless
-- somebody else has written since.
select
    coalesce(
        jsonb_object_agg(
            tables.relid::text,
            jsonb_build_array(
                pg_relation_filenode(tables.relid),
                tables.n_tup_ins + tables.n_tup_upd + tables.n_tup_del
                - coalesce(marks.rows_written, 0)
            )
        ),
        jsonb_build_object()
    ) as by_table
from pg_stat_user_tables as tables
left join raw.source_marks as marks
    on tables.schemaname = 'raw' and tables.relname = marks.table_name
where
    marks.table_name is not null
    or tables.schemaname in ('intermediate', 'marts')
