-- The tables of the served marts, as the YAML of the marts declares them.
-- `migrate` brings tables of an earlier version to this shape.

-- generated: served-tables
create table if not exists {schema}.agent_kpis (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    leads_handled bigint not null,
    leads_this_week bigint not null,
    conversion_rate_pct numeric(4, 1),
    total_revenue numeric(24, 2) not null,
    conversions_booked bigint not null,
    response_time_hours numeric(14, 1),
    response_time_median_hours numeric(14, 1),
    response_time_business_hours numeric(14, 1),
    satisfaction_score numeric(2, 1),
    satisfaction_count bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists {schema}.agent_team_ranking (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    rank bigint,
    total_agents bigint not null,
    score numeric(7, 6),
    conversion_component numeric(7, 6),
    satisfaction_component numeric(7, 6),
    response_component numeric(7, 6),
    one_more_conversion numeric(7, 6),
    one_more_answer numeric(7, 6),
    one_more_rating numeric(7, 6),
    conversion_weight numeric(7, 6) not null,
    satisfaction_weight numeric(7, 6) not null,
    response_weight numeric(7, 6) not null,
    previous_rank bigint,
    rank_change bigint,
    reason text check (reason in ('too_few_leads', 'too_few_agents', 'not_served')),
    primary key (agent_id, date_range)
);

create table if not exists {schema}.agents (
    agent_id text not null check (agent_id <> ''),
    first_date date,
    primary key (agent_id)
);

create table if not exists {schema}.agent_funnel (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
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

create table if not exists {schema}.agent_lead_sources (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    source text not null,
    lead_count bigint not null,
    converted_count bigint not null,
    conversion_rate_pct numeric(4, 1),
    revenue numeric(24, 2) not null,
    conversions_booked bigint not null,
    primary key (agent_id, date_range, source)
);

create table if not exists {schema}.agent_performance_metrics (
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

create table if not exists {schema}.agent_measures (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    measure text not null,
    value numeric(24, 6),
    primary key (agent_id, date_range, measure)
);

create table if not exists {schema}.agent_leads (
    agent_id text not null check (agent_id <> ''),
    lead_id text not null,
    date date not null,
    source text not null,
    is_converted_undated boolean not null,
    is_unresponded boolean not null,
    is_waiting boolean not null,
    is_inherited boolean not null,
    response_hours numeric(14, 6),
    business_response_hours numeric(14, 6),
    satisfaction_rating integer,
    contacted_on date,
    interested_on date,
    converted_on date,
    answered_on date,
    primary key (agent_id, lead_id)
);

create table if not exists {schema}.agent_response_times (
    agent_id text not null check (agent_id <> ''),
    date_range text not null,
    mean_hours numeric(14, 1),
    median_hours numeric(14, 1),
    p90_hours numeric(14, 1),
    responded_count bigint not null,
    unresponded_count bigint not null,
    waiting_count bigint not null,
    inherited_count bigint not null,
    negative_count bigint not null,
    business_mean_hours numeric(14, 1),
    business_median_hours numeric(14, 1),
    under_1h_count bigint not null,
    from_1h_to_4h_count bigint not null,
    from_4h_to_8h_count bigint not null,
    from_8h_to_24h_count bigint not null,
    from_24h_count bigint not null,
    business_under_1h_count bigint not null,
    business_from_1h_to_4h_count bigint not null,
    business_from_4h_to_8h_count bigint not null,
    business_from_8h_to_24h_count bigint not null,
    business_from_24h_count bigint not null,
    primary key (agent_id, date_range)
);

create table if not exists {schema}.agent_conversions (
    agent_id text not null check (agent_id <> ''),
    activity_id bigint not null,
    date date not null,
    lead_id text,
    source text not null,
    revenue numeric(24, 2) not null,
    is_refund boolean not null,
    occurred_at timestamptz,
    primary key (agent_id, activity_id)
);
-- end generated
