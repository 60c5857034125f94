-- Trends and insights that polars computes from the marts.

create schema if not exists insights;

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
'Numbers of an agent from which its insights were last computed.';
