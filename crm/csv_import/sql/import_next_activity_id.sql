-- Moves the sequence past the file's ids before its rows are written, so that an activity logged in
-- the meantime cannot take one of them.
select setval(pg_get_serial_sequence('public.agent_activity_log', 'id'), largest)
from (select max(id)::bigint as largest from agent_activity_log_file) as file
where
    largest > (
        select coalesce(sequences.last_value, 0)
        from pg_sequences as sequences
        where
            format('%I.%I', sequences.schemaname, sequences.sequencename)
            = pg_get_serial_sequence('public.agent_activity_log', 'id')
    )
