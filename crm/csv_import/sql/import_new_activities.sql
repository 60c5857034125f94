-- Without ids, a row is new where the log holds fewer of its kind than the file has up to its line.
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
        row_number() over (kind order by line nulls last) as occurrence,
        count(*) filter (where line is null) over (kind) as kept
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
    ) as both_sides
    window kind as (
        partition by
            "timestamp", agent_id, lead_id, activity_type, title, description, metadata
    )
) as counted
where line is not null and occurrence > kept
order by line
returning recorded_at as changed_at
