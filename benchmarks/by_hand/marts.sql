-- The served tables as one would write them in psql: from raw, without checks, increments or insights.
-- Variables: as_of, zone.

\set ON_ERROR_STOP on
set client_min_messages = warning;
drop schema if exists by_hand cascade;
create schema by_hand;
set search_path = by_hand, raw;

create function trimmed(words text) returns text language sql immutable as $$
    select regexp_replace(
        words,
        '^[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+'
        '|[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$',
        '',
        'g'
    )
$$;

create table windows as
select days as date_range, period, ends_on - days + 1 as starts_on, ends_on
from unnest(array[7, 30, 90, 365]) as days
cross join lateral (
    values ('current', :'as_of'::date), ('previous', :'as_of'::date - days)
) as periods (period, ends_on);

create table entries as
select
    agent_id,
    activity_id,
    lead_id,
    coalesce(origin = 'trigger', false) as is_by_trigger,
    case
        when revenue_text ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'
            then round(trimmed(revenue_text)::numeric, 2)
        else 0
    end as revenue,
    occurred_at,
    (occurred_at at time zone :'zone')::date as date
from raw.agent_activity_log
where activity_type = 'conversion';
create index on entries (lead_id);
analyze entries;

create table sales as
select agent_id, activity_id, lead_id, revenue, date, occurred_at
from entries
where
    not is_by_trigger
    or not exists (
        select from entries as logged
        where
            logged.lead_id = entries.lead_id
            and not logged.is_by_trigger
            and logged.revenue >= 0
            and logged.occurred_at between entries.occurred_at - interval '24 hours'
            and entries.occurred_at + interval '24 hours'
    );
analyze sales;

create table stages as
with converted as (
    select lead_id, min(occurred_at) as converted_at
    from sales
    where revenue >= 0
    group by lead_id
),

assigned as (
    select leads.lead_id, max(activities.occurred_at) as assigned_at
    from raw.leads
    inner join raw.agent_activity_log as activities using (lead_id, agent_id)
    where
        activities.activity_type = 'assignment'
        and leads.response_time_hours is null
        and leads.contacted_at >= activities.occurred_at
        and isfinite(activities.occurred_at)
    group by leads.lead_id
),

timed as (
    select
        leads.agent_id,
        leads.lead_id,
        trimmed(leads.source) as source,
        round(
            coalesce(
                leads.response_time_hours,
                case
                    when isfinite(leads.contacted_at) and isfinite(leads.created_at)
                        then extract(
                            epoch from leads.contacted_at - coalesce(assigned_at, leads.created_at)
                        ) / 3600
                end
            ),
            6
        ) as hours,
        leads.response_time_hours,
        leads.satisfaction_rating,
        leads.created_at,
        leads.contacted_at,
        leads.interested_at,
        converted.converted_at,
        coalesce(
            lower(trimmed(leads.disposition)) in ('converted', 'won', 'closed_won', 'sold'), false
        ) or converted.lead_id is not null as is_converted
    from raw.leads
    left join converted using (lead_id)
    left join assigned using (lead_id)
)

select
    agent_id,
    lead_id,
    case when source is null or source = '' or lower(source) = 'unknown' then 'Unknown' else source end
        as source,
    case when hours >= 0 and hours < 99999999 then hours end as response_hours,
    case when satisfaction_rating between 1 and 5 then satisfaction_rating end as satisfaction_rating,
    contacted_at is not null or interested_at is not null or is_converted as is_contacted,
    interested_at is not null or is_converted as is_interested,
    is_converted,
    response_time_hours is null and contacted_at is null as is_unresponded,
    (hours >= 0 and hours < 99999999) is not true
    and (response_time_hours is not null or contacted_at is not null) as is_negative,
    (created_at at time zone :'zone')::date as date,
    (least(contacted_at, interested_at, converted_at) at time zone :'zone')::date as contacted_on,
    (least(interested_at, converted_at) at time zone :'zone')::date as interested_on,
    (converted_at at time zone :'zone')::date as converted_on
from timed;
alter table stages add primary key (lead_id);
analyze stages;

create table agent_conversions as
select
    sales.agent_id,
    sales.activity_id,
    sales.date,
    sales.lead_id,
    coalesce(stages.source, 'Unknown') as source,
    sales.revenue::numeric(24, 2) as revenue
from sales
left join stages using (lead_id)
where sales.agent_id <> '' and sales.date between :'as_of'::date - 364 and :'as_of';
alter table agent_conversions add primary key (agent_id, activity_id);

create table agent_leads as
select
    agent_id, lead_id, date, source, is_contacted, is_interested, is_converted, is_unresponded,
    response_hours::numeric(14, 6) as response_hours, satisfaction_rating, contacted_on,
    interested_on, converted_on
from stages
where agent_id <> '' and date between :'as_of'::date - 364 and :'as_of';
alter table agent_leads add primary key (agent_id, lead_id);

create table agent_performance_metrics as
with cohort as (
    select
        agent_id,
        date,
        count(*) as assigned,
        count(*) filter (where is_contacted) as contacted,
        count(*) filter (where is_interested) as interested,
        count(*) filter (where is_converted) as converted,
        sum(response_hours) as hours,
        count(response_hours) as responded,
        count(*) filter (where is_unresponded) as unresponded,
        sum(satisfaction_rating) as ratings_total,
        count(satisfaction_rating) as ratings
    from stages
    where agent_id <> ''
    group by agent_id, date
),

money as (
    select
        agent_id,
        date,
        sum(revenue) as revenue,
        count(*) filter (where revenue >= 0) as booked
    from sales
    where agent_id <> ''
    group by agent_id, date
)

select
    agent_id,
    date,
    coalesce(assigned, 0) as leads_assigned,
    coalesce(contacted, 0) as leads_contacted,
    coalesce(interested, 0) as leads_interested,
    coalesce(converted, 0) as leads_converted,
    coalesce(revenue, 0)::numeric(24, 2) as revenue_generated,
    coalesce(booked, 0) as conversions_booked,
    coalesce(hours, 0)::numeric(20, 6) as response_hours_total,
    coalesce(responded, 0) as response_count,
    (hours / nullif(responded, 0))::numeric(14, 6) as response_time_avg_hours,
    coalesce(unresponded, 0) as unresponded_count,
    coalesce(ratings_total, 0) as satisfaction_total,
    coalesce(ratings, 0) as satisfaction_count,
    (ratings_total::numeric / nullif(ratings, 0))::numeric(7, 6) as satisfaction_score
from cohort
full join money using (agent_id, date);
alter table agent_performance_metrics add primary key (agent_id, date);
analyze agent_performance_metrics;

create table agents as select distinct agent_id from agent_performance_metrics;

create table response_times as
select
    agent_id,
    date_range,
    period,
    round(avg(response_hours), 1)::numeric(14, 1) as mean_hours,
    round(percentile_cont(0.5) within group (order by response_hours)::numeric, 7) as median,
    round(percentile_cont(0.9) within group (order by response_hours)::numeric, 7) as p90,
    count(response_hours) as responded_count,
    count(*) filter (where is_unresponded) as unresponded_count,
    count(*) filter (where is_negative) as negative_count,
    count(*) filter (where response_hours < 1) as under_1h_count,
    count(*) filter (where response_hours >= 1 and response_hours < 4) as from_1h_to_4h_count,
    count(*) filter (where response_hours >= 4 and response_hours < 8) as from_4h_to_8h_count,
    count(*) filter (where response_hours >= 8 and response_hours < 24) as from_8h_to_24h_count,
    count(*) filter (where response_hours >= 24) as from_24h_count
from stages
inner join windows on stages.date between windows.starts_on and windows.ends_on
where agent_id <> ''
group by agent_id, date_range, period;

create table agent_response_times as
select
    agents.agent_id,
    windows.date_range,
    mean_hours,
    round(median, 1)::numeric(14, 1) as median_hours,
    round(p90, 1)::numeric(14, 1) as p90_hours,
    coalesce(responded_count, 0) as responded_count,
    coalesce(unresponded_count, 0) as unresponded_count,
    coalesce(negative_count, 0) as negative_count,
    coalesce(under_1h_count, 0) as under_1h_count,
    coalesce(from_1h_to_4h_count, 0) as from_1h_to_4h_count,
    coalesce(from_4h_to_8h_count, 0) as from_4h_to_8h_count,
    coalesce(from_8h_to_24h_count, 0) as from_8h_to_24h_count,
    coalesce(from_24h_count, 0) as from_24h_count
from agents
cross join windows
left join response_times using (agent_id, date_range, period)
where windows.period = 'current';
alter table agent_response_times add primary key (agent_id, date_range);

create table sums as
select
    agents.agent_id,
    windows.date_range,
    windows.period,
    coalesce(sum(leads_assigned), 0) as assigned,
    coalesce(sum(leads_contacted), 0) as contacted,
    coalesce(sum(leads_interested), 0) as interested,
    coalesce(sum(leads_converted), 0) as converted,
    coalesce(sum(revenue_generated), 0) as revenue,
    coalesce(sum(conversions_booked), 0) as booked,
    coalesce(sum(response_hours_total), 0) as hours,
    coalesce(sum(response_count), 0) as responded,
    coalesce(sum(satisfaction_total), 0) as ratings_total,
    coalesce(sum(satisfaction_count), 0) as ratings
from agents
cross join windows
left join agent_performance_metrics as days
    on
        agents.agent_id = days.agent_id
        and days.date between windows.starts_on and windows.ends_on
group by agents.agent_id, windows.date_range, windows.period;

create table agent_kpis as
with this_week as (
    select agent_id, sum(leads_assigned) as leads
    from agent_performance_metrics
    where date between date_trunc('week', :'as_of'::timestamp)::date and :'as_of'
    group by agent_id
)

select
    agent_id,
    date_range,
    assigned::bigint as leads_handled,
    coalesce(this_week.leads, 0)::bigint as leads_this_week,
    (100 * converted / nullif(assigned, 0))::numeric(4, 1) as conversion_rate_pct,
    revenue::numeric(24, 2) as total_revenue,
    (hours / nullif(responded, 0))::numeric(14, 1) as response_time_hours,
    round(response_times.median, 1)::numeric(14, 1) as response_time_median_hours,
    (ratings_total / nullif(ratings, 0))::numeric(2, 1) as satisfaction_score,
    ratings::bigint as satisfaction_count
from sums
left join this_week using (agent_id)
left join response_times using (agent_id, date_range, period)
where period = 'current';
alter table agent_kpis add primary key (agent_id, date_range);

create table agent_funnel as
select
    agent_id,
    date_range,
    assigned::bigint as assigned,
    contacted::bigint as contacted,
    interested::bigint as interested,
    converted::bigint as converted,
    (100 * contacted / nullif(assigned, 0))::numeric(4, 1) as contact_rate_pct,
    (100 * interested / nullif(assigned, 0))::numeric(4, 1) as interest_rate_pct,
    (100 * converted / nullif(assigned, 0))::numeric(4, 1) as conversion_rate_pct,
    (100 * contacted / nullif(assigned, 0))::numeric(4, 1) as contacted_of_assigned_pct,
    (100 * interested / nullif(contacted, 0))::numeric(4, 1) as interested_of_contacted_pct,
    (100 * converted / nullif(interested, 0))::numeric(4, 1) as converted_of_interested_pct
from sums
where period = 'current';
alter table agent_funnel add primary key (agent_id, date_range);

create table agent_lead_sources as
with counted as (
    select agent_id, date_range, source, count(*) as leads, count(*) filter (where is_converted) as converted
    from stages
    inner join windows on stages.date between windows.starts_on and windows.ends_on
    where period = 'current' and agent_id <> ''
    group by agent_id, date_range, source
),

earned as (
    select agent_id, date_range, source, sum(revenue) as revenue
    from agent_conversions
    inner join windows on agent_conversions.date between windows.starts_on and windows.ends_on
    where period = 'current'
    group by agent_id, date_range, source
)

select
    agent_id,
    date_range,
    source,
    coalesce(leads, 0) as lead_count,
    coalesce(converted, 0) as converted_count,
    (100 * converted::numeric / nullif(leads, 0))::numeric(4, 1) as conversion_rate_pct,
    coalesce(revenue, 0)::numeric(24, 2) as revenue
from counted
full join earned using (agent_id, date_range, source);
alter table agent_lead_sources add primary key (agent_id, date_range, source);

create table agent_team_ranking as
with components as (
    select
        agent_id,
        date_range,
        converted::numeric(20, 12) / assigned as conversion,
        (ratings_total::numeric(20, 12) / nullif(ratings, 0) - 1) / 4 as satisfaction,
        -- In decimals, 0.1 s slower than ours at M, so that the smoke compares two ways to a score.
        power(0.5::numeric(20, 18), hours / nullif(responded, 0) / 4) as response
    from sums
    where period = 'current' and assigned > 0
),

scored as (
    select
        *,
        round(
            (0.40 * conversion + coalesce(0.35 * satisfaction, 0) + coalesce(0.25 * response, 0))
            / (
                0.40
                + case when satisfaction is null then 0 else 0.35 end
                + case when response is null then 0 else 0.25 end
            ),
            6
        ) as score
    from components
)

select
    agent_id,
    date_range,
    round(conversion, 6)::numeric(7, 6) as conversion_component,
    round(satisfaction, 6)::numeric(7, 6) as satisfaction_component,
    round(response, 6)::numeric(7, 6) as response_component,
    score::numeric(7, 6) as score,
    rank() over (partition by date_range order by score desc) as rank,
    count(*) over (partition by date_range) as total_agents
from scored;
alter table agent_team_ranking add primary key (agent_id, date_range);

create table agent_revenue_trends as
with buckets as (
    select 'daily' as period, :'as_of'::date - n as starts_on, :'as_of'::date - n + 1 as ends_before
    from generate_series(0, 29) as n
    union all
    select
        'weekly',
        date_trunc('week', :'as_of'::timestamp)::date - 7 * n,
        date_trunc('week', :'as_of'::timestamp)::date - 7 * n + 7
    from generate_series(0, 11) as n
    union all
    select
        'monthly',
        (date_trunc('month', :'as_of'::timestamp) - n * interval '1 month')::date,
        (date_trunc('month', :'as_of'::timestamp) - (n - 1) * interval '1 month')::date
    from generate_series(0, 11) as n
),

earned as (
    select days.agent_id, buckets.period, buckets.starts_on, sum(revenue_generated) as revenue
    from agent_performance_metrics as days
    inner join buckets on days.date >= buckets.starts_on and days.date < buckets.ends_before
    where days.date <= :'as_of' and days.date >= :'as_of'::date - 400
    group by days.agent_id, buckets.period, buckets.starts_on
)

select
    agents.agent_id,
    buckets.period,
    buckets.starts_on as date,
    coalesce(earned.revenue, 0)::numeric(24, 2) as revenue
from agents
cross join buckets
left join earned using (agent_id, period, starts_on);
alter table agent_revenue_trends add primary key (agent_id, period, date);

create table agent_revenue_summary as
with best as (
    select distinct on (agent_id) agent_id, date, revenue
    from agent_revenue_trends
    where period = 'daily' and revenue > 0
    order by agent_id asc, revenue desc, date asc
)

select
    months.agent_id,
    best.date as best_date,
    best.revenue as best_date_revenue,
    months.revenue as month_total
from agent_revenue_trends as months
left join best using (agent_id)
where months.period = 'monthly' and months.date = date_trunc('month', :'as_of'::timestamp)::date;
alter table agent_revenue_summary add primary key (agent_id);

create table agent_response_rolling as
with dense as (
    select agents.agent_id, calendar.date, response_hours_total as hours, response_count as responded
    from agents
    cross join (
        select :'as_of'::date - n as date from generate_series(0, 393) as n
    ) as calendar
    left join agent_performance_metrics using (agent_id, date)
),

rolled as (
    select
        agent_id,
        date,
        sum(hours) over week as hours_7d,
        sum(responded) over week as responded_7d,
        sum(hours) over month as hours_30d,
        sum(responded) over month as responded_30d
    from dense
    window
        week as (partition by agent_id order by date rows 6 preceding),
        month as (partition by agent_id order by date rows 29 preceding)
)

select
    agent_id,
    date,
    (hours_7d / nullif(responded_7d, 0))::numeric(14, 1) as rolling_7d_hours,
    (hours_30d / nullif(responded_30d, 0))::numeric(14, 1) as rolling_30d_hours
from rolled
where date > :'as_of'::date - 365;
alter table agent_response_rolling add primary key (agent_id, date);

create table agent_measures as
select
    agent_id,
    date_range,
    'revenue_per_conversion' as measure,
    round(revenue / nullif(booked, 0), 2)::numeric(24, 6) as value
from sums
where period = 'current';
alter table agent_measures add primary key (agent_id, date_range, measure);
