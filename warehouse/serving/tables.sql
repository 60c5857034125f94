-- Rows that the API reads: copies of the marts and insights of one build. Written by publish only.

create schema if not exists serving;

create table if not exists serving.builds (
    build_id bigint generated always as identity primary key,
    built_at timestamptz not null default now(),
    as_of date not null,
    data_through timestamptz,
    time_zone text not null,
    fingerprint text not null,
    mode text not null,
    run_id text not null,
    ranked_agents jsonb not null
);

-- Modes as earlier versions call them.
update serving.builds
set mode = case mode when 'whole' then 'full' else 'incremental' end
where mode in ('whole', 'touched');

create table if not exists serving.refreshes (
    singleton boolean primary key default true check (singleton),
    refreshed_at timestamptz not null,
    run_id text not null,
    build_id bigint not null
);

create table if not exists serving.agent_performance_metrics (
    agent_id text not null check (agent_id <> ''),
    date date not null,
    leads_assigned bigint not null,
    leads_contacted bigint not null,
    leads_interested bigint not null,
    leads_converted bigint not null,
    revenue_generated numeric(24, 2) not null,
    conversions_booked bigint not null,
    response_hours_total numeric(20, 6) not null,
    response_count bigint not null,
    response_time_avg_hours numeric(14, 6),
    unresponded_count bigint not null,
    satisfaction_total bigint not null,
    satisfaction_count bigint not null,
    satisfaction_score numeric(7, 6),
    primary key (agent_id, date)
);

create table if not exists serving.agent_kpis (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    leads_handled bigint not null,
    leads_this_week bigint not null,
    conversion_rate_pct numeric(4, 1),
    total_revenue numeric(24, 2) not null,
    response_time_hours numeric(14, 1),
    response_time_median_hours numeric(14, 1),
    satisfaction_score numeric(2, 1),
    satisfaction_count bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists serving.agent_funnel (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    assigned bigint not null,
    contacted bigint not null,
    interested bigint not null,
    converted bigint not null,
    contact_rate_pct numeric(4, 1),
    interest_rate_pct numeric(4, 1),
    conversion_rate_pct numeric(4, 1),
    contacted_of_assigned_pct numeric(4, 1),
    interested_of_contacted_pct numeric(4, 1),
    converted_of_interested_pct numeric(4, 1),
    primary key (agent_id, date_range)
);

create table if not exists serving.agent_lead_sources (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    source text not null,
    lead_count bigint not null,
    converted_count bigint not null,
    conversion_rate_pct numeric(4, 1),
    revenue numeric(24, 2) not null,
    primary key (agent_id, date_range, source)
);

create table if not exists serving.agent_team_ranking (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    conversion_component numeric(7, 6),
    satisfaction_component numeric(7, 6),
    response_component numeric(7, 6),
    score numeric(7, 6) not null,
    rank bigint not null,
    total_agents bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists serving.agent_revenue_trends (
    agent_id text not null check (agent_id <> ''),
    period text not null check (period in ('daily', 'weekly', 'monthly')),
    date date not null,
    revenue numeric(24, 2) not null,
    primary key (agent_id, period, date)
);

create table if not exists serving.agent_revenue_summary (
    agent_id text not null check (agent_id <> ''),
    best_date date,
    best_date_revenue numeric(24, 2),
    month_total numeric(24, 2) not null,
    primary key (agent_id)
);

create table if not exists serving.agent_response_times (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    mean_hours numeric(14, 1),
    median_hours numeric(14, 1),
    p90_hours numeric(14, 1),
    responded_count bigint not null,
    unresponded_count bigint not null,
    negative_count bigint not null,
    under_1h_count bigint not null,
    from_1h_to_4h_count bigint not null,
    from_4h_to_8h_count bigint not null,
    from_8h_to_24h_count bigint not null,
    from_24h_count bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists serving.agent_response_rolling (
    agent_id text not null check (agent_id <> ''),
    date date not null,
    rolling_7d_hours numeric(14, 1),
    rolling_30d_hours numeric(14, 1),
    primary key (agent_id, date)
);

create table if not exists serving.agent_measures (
    agent_id text not null check (agent_id <> ''),
    date_range integer not null,
    measure text not null,
    value numeric(24, 6),
    primary key (agent_id, date_range, measure)
);

create table if not exists serving.agent_trends (
    agent_id text not null check (agent_id <> ''),
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

create table if not exists serving.agent_month_trend (
    agent_id text not null check (agent_id <> ''),
    change numeric,
    reason text,
    primary key (agent_id)
);

create table if not exists serving.agent_insights (
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

create table if not exists serving.agent_leads (
    agent_id text not null check (agent_id <> ''),
    lead_id text not null,
    date date not null,
    source text not null,
    is_contacted boolean not null,
    is_interested boolean not null,
    is_converted boolean not null,
    is_unresponded boolean not null,
    response_hours numeric(14, 6),
    satisfaction_rating integer,
    contacted_on date,
    interested_on date,
    converted_on date,
    primary key (agent_id, lead_id)
);

create table if not exists serving.agent_conversions (
    agent_id text not null check (agent_id <> ''),
    activity_id bigint not null,
    date date not null,
    lead_id text,
    source text not null,
    revenue numeric(24, 2) not null,
    primary key (agent_id, activity_id)
);

-- Definitions of the served numbers of the build; not specific to an agent.
create table if not exists serving.metrics (
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
create table if not exists serving.restatements (
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

-- A change of one agent moves the ranks of nearly all. A fillfactor below 100 leaves room on each
-- page for heap-only (HOT) updates of them. Of the trends, one in seven is that of a rank.
do $migration$
declare
    ranked_table record;
begin
    for ranked_table in
        select c.oid::regclass as name, settings.fillfactor
        from (
            values
            ('serving.agent_team_ranking', 50),
            ('serving.agent_trends', 80),
            ('insights.agent_trends', 80)
        ) as settings (name, fillfactor)
        inner join pg_class as c on c.oid = to_regclass(settings.name)
        where c.relkind = 'r' and c.reloptions is null
    loop
        execute format('alter table %s set (fillfactor = %s)', ranked_table.name, ranked_table.fillfactor);
    end loop;
end
$migration$;
