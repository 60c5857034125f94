-- What was done for a lead, and by whom; recorded_at says when this database learnt of it.

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

create or replace function public.agent_analytics_stamp_activity() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $function$
begin
    if current_setting('analytics.history_load', true) is distinct from 'on' then
        new.recorded_at := clock_timestamp();
    end if;
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
    values (p_agent_id, p_lead_id, p_activity_type, p_title, p_description, p_metadata)
    returning id;
$function$;
