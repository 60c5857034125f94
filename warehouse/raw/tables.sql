-- Rows of the source as last read, one per lead and per activity, with agent_id first in each key,
-- and rows of the reference data's files. Written by the load only.

create schema if not exists raw;

create table if not exists raw.leads (
    agent_id text not null default '',
    lead_id text not null,
    source text,
    disposition text,
    response_time_hours numeric(14, 6),
    satisfaction_rating integer,
    created_at timestamptz,
    contacted_at timestamptz,
    interested_at timestamptz,
    changed_at timestamptz not null,
    primary key (agent_id, lead_id)
);
create unique index if not exists leads_lead_id on raw.leads (lead_id);

create table if not exists raw.agent_activity_log (
    agent_id text not null default '',
    activity_id bigint not null,
    lead_id text,
    activity_type text not null,
    revenue_text text,
    currency text,
    origin text,
    is_automated boolean not null default false,
    occurred_at timestamptz,
    changed_at timestamptz not null,
    primary key (agent_id, activity_id)
);
-- Tables of earlier versions hold values that are read otherwise now: the next refresh compares raw
-- with the source and reads again what differs.
do $migration$
begin
    if not exists (
        select from pg_attribute
        where attrelid = 'raw.agent_activity_log'::regclass and attname = 'is_automated'
    ) then
        alter table raw.agent_activity_log add is_automated boolean not null default false;
        alter table raw.agent_activity_log alter occurred_at drop not null;
        alter table raw.leads alter created_at drop not null;
        drop table raw.leads_incoming, raw.agent_activity_log_incoming;
        update state.build_state set needs_full_rebuild = true, is_checked = false;
    end if;
    if not exists (
        select from pg_attribute
        where attrelid = 'raw.agent_activity_log'::regclass and attname = 'currency'
    ) then
        alter table raw.agent_activity_log add currency text;
        drop table if exists raw.leads_incoming, raw.agent_activity_log_incoming;
        update state.build_state set needs_full_rebuild = true, is_checked = false;
    end if;
end
$migration$;

create unique index if not exists agent_activity_log_activity_id
on raw.agent_activity_log (activity_id);
create index if not exists agent_activity_log_lead_events
on raw.agent_activity_log (lead_id, activity_type)
where activity_type in ('assignment', 'call', 'conversion', 'email', 'meeting');

-- Staging tables of a load; their rows are valid only while that load holds its table lock.
create unlogged table if not exists raw.leads_incoming (like raw.leads including defaults);
create unlogged table if not exists raw.agent_activity_log_incoming
(like raw.agent_activity_log including defaults);

create index if not exists agent_activity_log_conversions
on raw.agent_activity_log (agent_id, occurred_at) where activity_type = 'conversion';
create index if not exists leads_created_at on raw.leads (agent_id, created_at);
-- For the checks that count these rows.
create index if not exists leads_undated on raw.leads (lead_id) where created_at is null;
create index if not exists agent_activity_log_undated
on raw.agent_activity_log (activity_id) where occurred_at is null;

create table if not exists raw.exchange_rates (
    currency text not null,
    from_date date not null,
    rate numeric not null check (rate > 0),
    primary key (currency, from_date)
);
create table if not exists raw.calendars (
    calendar text primary key,
    time_zone text not null,
    is_default boolean not null
);
create unique index if not exists calendars_default on raw.calendars (is_default) where is_default;
-- Weekday 1 is Monday. Closing at 24:00 is the end of the day, before the opening is the next day.
create table if not exists raw.working_hours (
    calendar text not null,
    weekday smallint not null check (weekday between 1 and 7),
    opens time not null,
    closes time not null,
    primary key (calendar, weekday, opens)
);
-- Without hours the day is closed.
create table if not exists raw.holidays (
    calendar text not null,
    date date not null,
    opens time,
    closes time
);
create unique index if not exists holidays_day on raw.holidays (calendar, date, opens);
create table if not exists raw.agent_calendars (
    agent_id text not null,
    calendar text not null,
    from_date date not null,
    primary key (agent_id, from_date)
);

-- Left by earlier versions.
drop table if exists raw.loads;
drop index if exists raw.agent_activity_log_lead_id;
drop index if exists raw.agent_activity_log_lead_stages;
