-- Activity log: what an agent did for a lead, and when. recorded_at is the time at which the row
-- was written, changed_in its transaction: live streams read by changed_in, which is null for bulk
-- loads.

create table if not exists public.agent_activity_log (
    id serial primary key,
    agent_id varchar(50),
    lead_id varchar(50),
    activity_type varchar(50) not null,
    title varchar(255),
    description text,
    metadata jsonb,
    timestamp timestamptz not null default now()
);

do $migration$
declare
    log constant regclass := 'public.agent_activity_log'::regclass;
begin
    if not exists (
        select from pg_attribute
        where attrelid = log and attname = 'changed_in' and not attisdropped
    ) then
        -- The default is set after the column is added, so that existing rows stay null: they are
        -- not news to a live stream.
        alter table public.agent_activity_log add column changed_in xid8;
        alter table public.agent_activity_log
            alter column changed_in set default pg_current_xact_id();
    end if;
end
$migration$;

create or replace function public.agent_analytics_stamp_activity() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    if current_setting('analytics.bulk_load', true) is distinct from 'on' then
        new.changed_in := pg_current_xact_id();
        new.recorded_at := clock_timestamp();
    else
        new.changed_in := null;
    end if;
    return new;
exception when others then
    raise warning 'agent-analytics could not stamp an activity: %', sqlerrm;
    return new;
end
$function$;

do $migration$
begin
    if not exists (
        select from pg_attribute
        where attrelid = 'public.agent_activity_log'::regclass
            and attname = 'recorded_at' and not attisdropped
    ) then
        alter table public.agent_activity_log
            add column recorded_at timestamptz not null default now();
        create trigger agent_analytics_stamp_activity
            before insert or update on public.agent_activity_log
            for each row execute function public.agent_analytics_stamp_activity();
    end if;
end
$migration$;

-- Trims the agent id, truncates a title to 255 characters, and stores a lead id of over 50
-- characters in the metadata.
create or replace function public.log_agent_activity(
    p_agent_id varchar,
    p_lead_id varchar,
    p_activity_type varchar,
    p_title varchar default null,
    p_description text default null,
    p_metadata jsonb default null
) returns integer
language sql
set search_path = pg_catalog, pg_temp
as $function$
    insert into public.agent_activity_log
        (agent_id, lead_id, activity_type, title, description, metadata)
    values (
        {agent_logged},
        case when length(p_lead_id) <= 50 then p_lead_id end,
        p_activity_type,
        left(p_title, 255),
        p_description,
        case
            when length(p_lead_id) > 50 and jsonb_typeof(p_metadata) = 'object'
                then p_metadata || jsonb_build_object('lead_id', p_lead_id)
            when length(p_lead_id) > 50 then jsonb_build_object('lead_id', p_lead_id)
            else p_metadata
        end
    )
    returning id;
$function$;
