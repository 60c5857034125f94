-- Activities without ids: a row is new if the log holds fewer equal rows than the file has up to
-- its line.
insert into public.agent_activity_log
(
    agent_id, lead_id, activity_type, title, description, metadata, "timestamp", recorded_at
)
select
    agent_id,
    lead_id,
    activity_type,
    title,
    description,
    metadata,
    "timestamp",
    coalesce(recorded_at, least("timestamp", now())) as recorded_at
from (
    select
        *,
        row_number() over (equal_rows order by line nulls last) as occurrence,
        count(*) filter (where line is null) over (equal_rows) as logged
    from (
        select
            line, agent_id, lead_id, activity_type, title, description, metadata, "timestamp",
            recorded_at
        from agent_activity_log_file
        union all
        select
            null::bigint, agent_id, lead_id, activity_type, title, description, metadata,
            "timestamp", null::timestamptz
        from public.agent_activity_log
        where
            "timestamp" between
            (select min(file."timestamp") from agent_activity_log_file as file)
            and (select max(file."timestamp") from agent_activity_log_file as file)
    ) as file_and_log
    window equal_rows as (
        partition by
            "timestamp", agent_id, lead_id, activity_type, title, description, metadata
    )
) as numbered
where line is not null and occurrence > logged
order by line
returning recorded_at as changed_at
