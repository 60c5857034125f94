-- What polars finds in the marts, and what the marts were built from.

create schema if not exists insights;

create table if not exists insights.marts_state (
    singleton boolean primary key default true check (singleton),
    as_of date not null,
    fingerprint text not null,
    load_ids text[] not null,
    is_wholly_changed boolean not null,
    is_checked boolean not null
);
alter table insights.marts_state add column if not exists checks text not null default '';
alter table insights.marts_state drop column if exists unaccounted_writes;
comment on table insights.marts_state is
'What the marts hold, published or not; no row while a build of all agents is under way.';
comment on column insights.marts_state.load_ids is
'The loads whose touched agent-days the marts include and no published build does.';
comment on column insights.marts_state.is_wholly_changed is
'Whether more than these agents changed since the last published build.';
comment on column insights.marts_state.checks is
'The fingerprint of the checks that the marts were last put to.';
comment on column insights.marts_state.is_checked is
'Whether every blocking check has passed since the marts last changed.';

create table if not exists insights.agent_trends (
    agent_id text not null,
    date_range integer not null,
    metric text not null,
    current_value numeric,
    previous_value numeric,
    change numeric,
    change_points numeric,
    unit text not null,
    is_better boolean,
    reason text,
    primary key (agent_id, date_range, metric)
);

create table if not exists insights.agent_month_trend (
    agent_id text not null,
    change numeric,
    reason text,
    primary key (agent_id)
);

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
    date_range integer not null,
    metric text not null,
    value text not null,
    primary key (agent_id, date_range, metric)
);
comment on table insights.insight_basis is
'The numbers that an agent had when its insights were last computed.';
