-- Trends and insights that polars computes from the marts.

create schema if not exists insights;

-- Earlier versions have a row per metric, which the next refresh replaces.
do $migration$
begin
    if exists (
        select from pg_attribute
        where attrelid = to_regclass('insights.agent_trends') and attname = 'metric'
    ) then
        drop table insights.agent_trends;
    end if;
end
$migration$;

create table if not exists insights.agent_trends (
    agent_id text not null,
    date_range text not null,
    compare text not null,
    changes text not null,
    details text not null,
    primary key (agent_id, date_range, compare)
);

comment on column insights.agent_trends.changes is
'Change of each metric, as JSON.';
comment on column insights.agent_trends.details is
'Both sides of each metric, its change, and the reason where there is none, as JSON.';

drop table if exists insights.agent_month_trend;

create table if not exists insights.agent_rank_ranges (
    agent_id text not null,
    date_range text not null,
    low bigint not null,
    high bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists insights.rank_range_basis (
    date_range text primary key,
    digest text not null
);
comment on table insights.rank_range_basis is
'Digest of the ranks and sums from which the rank ranges of a period were last computed.';

create table if not exists insights.agent_insights (
    agent_id text not null,
    insight_id text not null,
    position bigint not null,
    type text not null,
    title text not null,
    message text not null,
    metric text not null,
    value numeric,
    change numeric,
    is_better boolean,
    evidence jsonb not null,
    records text,
    rule_version bigint not null,
    primary key (agent_id, insight_id)
);

create table if not exists insights.insight_basis (
    agent_id text not null,
    date_range text not null,
    metric text not null,
    value text not null,
    primary key (agent_id, date_range, metric)
);
-- A whole number in earlier versions.
do $migration$
begin
    if exists (
        select from pg_attribute
        where
            attrelid = 'insights.insight_basis'::regclass
            and attname = 'date_range'
            and atttypid <> 'text'::regtype
    ) then
        alter table insights.insight_basis alter column date_range type text;
    end if;
end
$migration$;
comment on table insights.insight_basis is
'Numbers of an agent from which its insights were last computed.';

create table if not exists insights.goal_progress (
    agent_id text not null,
    goal_id bigint not null,
    goal_type text not null,
    period text not null,
    period_start date not null,
    period_end date not null,
    target numeric(38, 2) not null,
    as_of date not null,
    elapsed_days integer not null,
    status text not null,
    current numeric(38, 2),
    needed_per_day numeric(38, 2),
    version text not null,
    is_outdated boolean not null,
    current_value numeric,
    achieved_at timestamptz,
    closed_at timestamptz,
    description text not null,
    primary key (agent_id, goal_id)
);
comment on table insights.goal_progress is
'The CRM''s open goals as last measured, for the insights and for the write-back to the CRM.';
comment on column insights.goal_progress.version is
'The transaction that wrote the CRM''s row last: a row written since is left to the next refresh.';
comment on column insights.goal_progress.is_outdated is
'Whether current_value, achieved_at or closed_at have to be written to the CRM.';

create table if not exists insights.goal_measurement (
    singleton boolean primary key default true check (singleton),
    failure text,
    marts_built_at timestamptz
);
alter table insights.goal_measurement add column if not exists marts_built_at timestamptz;
comment on table insights.goal_measurement is
'The last measurement of the CRM''s goals.';
comment on column insights.goal_measurement.failure is
'Why the goals could not be read by the last refresh; null if they were.';
comment on column insights.goal_measurement.marts_built_at is
'Marts over which insights.goal_progress was measured: their state.build_state.built_at.';
