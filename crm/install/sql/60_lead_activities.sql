-- Logs changes of leads, once per statement. The CRM's statement takes precedence: it neither fails
-- because of the log nor waits for it. Until the statement ends, Postgres holds the old and new
-- rows of the transition tables in memory, and beyond work_mem in temporary files, which count
-- towards temp_file_limit. The functions name columns, the triggers do not: Postgres would not let
-- the CRM alter or drop a column that a trigger definition names.

-- Returns the log's rows for one lead, given its values before (null for a new lead) and after.
-- Agent ids are trimmed. One of over 50 characters is logged as null, a lead id of over 50 is
-- stored in the metadata.
create or replace function public.agent_analytics_lead_activities(
    lead text, source text, is_new boolean,
    owner_before text, owner_now text, status_before text, status_now text
) returns table (agent_id text, lead_id text, activity_type text, title text, metadata jsonb)
language sql
immutable
set search_path = pg_catalog, pg_temp
as $function$
    select
        changed.agent,
        case when length(lead) <= 50 then lead end,
        activity.activity_type,
        activity.title,
        activity.metadata
        || case
            when length(lead) > 50 then jsonb_build_object('lead_id', lead)
            else jsonb_build_object()
        end
        || jsonb_build_object('origin', 'trigger')
    from (
        select
            case when length(owners.now) between 1 and 50 then owners.now end as agent,
            owners.now is distinct from owners.before as has_new_owner,
            coalesce({is_converted}, false) as is_converted,
            coalesce({was_converted}, false) as was_converted
        from (select {agent_now} as now, {agent_before} as before) as owners
    ) as changed
    cross join lateral (
        values
        (
            changed.agent is not null and changed.has_new_owner,
            'assignment', 'Lead Assigned', jsonb_build_object('source', source)
        ),
        (
            not is_new and status_now is distinct from status_before,
            'status_change', 'Status Changed',
            jsonb_build_object('old_disposition', status_before, 'new_disposition', status_now)
        ),
        (
            changed.is_converted and not changed.was_converted,
            'conversion', 'Lead Converted', jsonb_build_object()
        )
    ) as activity (has_happened, activity_type, title, metadata)
    where activity.has_happened
$function$;

create or replace function public.agent_analytics_log_leads() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '100ms'
as $function$
declare
    -- Ranges of the statement's rows: all of them first. A range that fails is halved down to the
    -- row that cannot be logged. Each range is a subtransaction; a session caches 64.
    waiting int8range[] := array[int8range(1, null)];
    part int8range;
    middle bigint;
    splits integer := 0;
    give_up_at constant timestamptz := clock_timestamp() + interval '1 second';
    lost bigint := 0;
    reason text;
begin
    if current_setting('analytics.bulk_load', true) = 'on'
        or current_setting('analytics.log_is_locked', true) = 'on'
    then
        return null;
    end if;
    while cardinality(waiting) > 0 loop
        part := waiting[1];
        waiting := waiting[2:];
        begin
            if lost > 0 and clock_timestamp() > give_up_at then
                lost := lost + upper(part) - lower(part);
            elsif tg_op = 'INSERT' then
                insert into public.agent_activity_log
                    (agent_id, lead_id, activity_type, title, metadata)
                select activity.*
                from (
                    select
                        {id}::text as lead,
                        {source}::text as source,
                        {assigned_agent_id}::text as owner,
                        {disposition}::text as status,
                        row_number() over () as place
                    from new_leads
                ) as now
                cross join lateral public.agent_analytics_lead_activities(
                    now.lead, now.source, true, null, now.owner, null, now.status
                ) as activity
                where now.place <@ part;
            else
                -- Both transition tables hold the rows in the order of the update, so the position
                -- pairs them. A key could not: the statement may have changed it.
                insert into public.agent_activity_log
                    (agent_id, lead_id, activity_type, title, metadata)
                select activity.*
                from (
                    select
                        {assigned_agent_id}::text as owner,
                        {disposition}::text as status,
                        row_number() over () as place
                    from old_leads
                ) as before
                inner join (
                    select
                        {id}::text as lead,
                        {source}::text as source,
                        {assigned_agent_id}::text as owner,
                        {disposition}::text as status,
                        row_number() over () as place
                    from new_leads
                ) as now on before.place = now.place
                cross join lateral public.agent_analytics_lead_activities(
                    now.lead, now.source, false,
                    before.owner, now.owner, before.status, now.status
                ) as activity
                where now.place <@ part
                    and (
                        before.owner is distinct from now.owner
                        or before.status is distinct from now.status
                    );
            end if;
        exception
            when lock_not_available then
                -- Do not retry in this transaction: a wait per statement would block it.
                perform set_config('analytics.log_is_locked', 'on', true);
                raise warning
                    'agent-analytics could not log changes of leads: the activity log is locked';
                return null;
            when others then
                reason := sqlerrm;
                if upper_inf(part) then
                    part := int8range(1, 1 + (select count(*) from new_leads));
                end if;
                middle := (lower(part) + upper(part)) / 2;
                if middle > lower(part) and splits < 30 and clock_timestamp() < give_up_at then
                    splits := splits + 1;
                    waiting := waiting || int8range(lower(part), middle)
                        || int8range(middle, upper(part));
                else
                    lost := lost + upper(part) - lower(part);
                end if;
        end;
    end loop;
    if lost > 0 then
        raise warning 'agent-analytics could not log changes of % leads: %', lost, reason;
    end if;
    return null;
end
$function$;

-- A trigger fires without the right to execute its function. A role with that right could attach
-- the function, which runs as its owner, to a table of its own and forge activities.
revoke execute on function public.agent_analytics_log_leads() from public;

do $migration$
declare
    leads constant regclass := to_regclass({leads_name});
    logged_table regclass;
begin
    if exists (select from pg_trigger where tgrelid = leads and tgname = 'agent_analytics_log_lead')
    then
        -- The trigger of an earlier version, which logged row by row in subtransactions.
        drop trigger agent_analytics_log_lead on {leads};
    end if;
    if not exists (
        select from pg_trigger where tgfoid = to_regproc('public.agent_analytics_log_lead')
    ) then
        drop function if exists public.agent_analytics_log_lead();
    end if;
    -- Postgres fires the statement triggers of the table that the statement names only: those of
    -- the partitioned table, or those of the partition.
    for logged_table in
        select leads
        union
        select relid
        from pg_partition_tree(leads)
        inner join pg_class on pg_class.oid = relid
        where relkind <> 'f'
    loop
        if not exists (
            select from pg_trigger
            where tgrelid = logged_table and tgname = 'agent_analytics_log_new_leads'
        ) then
            execute format(
                'create trigger agent_analytics_log_new_leads after insert on %s'
                ' referencing new table as new_leads'
                ' for each statement execute function public.agent_analytics_log_leads()',
                logged_table
            );
            execute format(
                'create trigger agent_analytics_log_changed_leads after update on %s'
                ' referencing old table as old_leads new table as new_leads'
                ' for each statement execute function public.agent_analytics_log_leads()',
                logged_table
            );
        end if;
    end loop;
end
$migration$;
