with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

windows as (
    select * from {{ ref('int_windows') }}
),

leads as (
    select * from {{ ref('int_leads') }}
    where {{ only_changed_agents('agent_id') }}
),

measured as (
    select
        leads.agent_id,
        windows.date_range,
        windows.period,
        {{ ratio('sum(leads.response_hours)', 'count(leads.response_hours)') }} as mean_hours,
        {{ percentile_hours(0.5, 'leads.response_hours') }} as median_exact_hours,
        {{ percentile_hours(0.9, 'leads.response_hours') }} as p90_exact_hours,
        count(leads.response_hours) as responded_count,
        count(*) filter (where leads.is_unresponded) as unresponded_count,
        count(*) filter (where {{ is_waiting_on(as_of_date(), 'leads') }}) as waiting_count,
        count(*) filter (where leads.is_inherited) as inherited_count,
        count(*) filter (where leads.is_response_negative) as negative_count,
        count(*) filter (where leads.response_hours < 1) as under_1h_count,
        count(*) filter (where leads.response_hours >= 1 and leads.response_hours < 4)
            as from_1h_to_4h_count,
        count(*) filter (where leads.response_hours >= 4 and leads.response_hours < 8)
            as from_4h_to_8h_count,
        count(*) filter (where leads.response_hours >= 8 and leads.response_hours < 24)
            as from_8h_to_24h_count,
        count(*) filter (where leads.response_hours >= 24) as from_24h_count
    from leads
    inner join windows on leads.date between windows.starts_on and windows.ends_on
    group by leads.agent_id, windows.date_range, windows.period
)

select
    agents.agent_id,
    windows.date_range,
    windows.period,
    measured.mean_hours::numeric(14, 1) as mean_hours,
    round(measured.median_exact_hours, 1)::numeric(14, 1) as median_hours,
    measured.median_exact_hours::numeric(15, 7) as median_exact_hours,
    round(measured.p90_exact_hours, 1)::numeric(14, 1) as p90_hours,
    coalesce(measured.responded_count, 0)::bigint as responded_count,
    coalesce(measured.unresponded_count, 0)::bigint as unresponded_count,
    coalesce(measured.waiting_count, 0)::bigint as waiting_count,
    coalesce(measured.inherited_count, 0)::bigint as inherited_count,
    coalesce(measured.negative_count, 0)::bigint as negative_count,
    coalesce(measured.under_1h_count, 0)::bigint as under_1h_count,
    coalesce(measured.from_1h_to_4h_count, 0)::bigint as from_1h_to_4h_count,
    coalesce(measured.from_4h_to_8h_count, 0)::bigint as from_4h_to_8h_count,
    coalesce(measured.from_8h_to_24h_count, 0)::bigint as from_8h_to_24h_count,
    coalesce(measured.from_24h_count, 0)::bigint as from_24h_count
from agents
cross join windows
left join measured
    on
        agents.agent_id = measured.agent_id
        and windows.date_range = measured.date_range
        and windows.period = measured.period
