-- Rows that the API reads: copies of the marts and insights of one build. Written by publish only.

create table if not exists {schema}.builds (
    build_id bigint generated always as identity primary key,
    built_at timestamptz not null default now(),
    as_of date not null,
    through date,
    data_through timestamptz,
    time_zone text not null,
    week_starts_on text,
    fiscal_year_starts_in integer,
    definition_hash text not null default '',
    mode text not null,
    run_id text not null,
    ranked_agents jsonb not null,
    periods jsonb,
    currency text
);

create table if not exists {schema}.refreshes (
    singleton boolean primary key default true check (singleton),
    refreshed_at timestamptz not null,
    run_id text not null,
    build_id bigint not null,
    marts_built_at timestamptz
);

create table if not exists {schema}.agent_trends (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    compare text not null,
    changes text not null,
    details text not null,
    primary key (agent_id, date_range, compare)
);

create table if not exists {schema}.agent_rank_ranges (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    low bigint not null,
    high bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists {schema}.agent_insights (
    agent_id text not null check (agent_id <> ''),
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

-- Definitions of the served numbers of the build; not specific to an agent.
create table if not exists {schema}.metrics (
    route text not null,
    field text not null,
    position bigint not null,
    text text not null,
    unit text not null,
    better text,
    formula text not null,
    rounding text not null,
    primary key (route, field)
);

-- Published numbers of past days that a later build changed; append-only.
create table if not exists {schema}.restatements (
    agent_id text not null check (agent_id <> ''),
    build_id bigint not null,
    date date not null,
    measure text not null,
    old_value numeric not null,
    new_value numeric not null,
    cause text not null check (cause in ('source', 'definition')),
    restated_at timestamptz not null default now(),
    primary key (agent_id, build_id, date, measure)
);
