with kpis as (
    select * from {{ ref('agent_kpis') }}
    where {{ only_changed_agents('agent_id') }}
),

periods as (
    select * from {{ ref('int_periods') }}
    where span = 'shown'
),

sums as (
    select * from {{ ref('agent_period_sums') }}
    where {{ only_changed_agents('agent_id') }}
),

leads as (
    select * from {{ ref('int_leads') }}
    where {{ only_changed_agents('agent_id') }}
),

dated as (
    select
        leads.agent_id,
        periods.date_range,
        {{ is_unresponded_on('periods.known_on', 'leads') }} as is_unresponded,
        {{ is_waiting_on('periods.known_on', 'leads') }} as is_waiting,
        leads.is_inherited and not {{ is_unresponded_on('periods.known_on', 'leads') }}
            as is_inherited,
        leads.is_response_negative and not {{ is_unresponded_on('periods.known_on', 'leads') }}
            as is_response_negative,
        case when leads.answered_on <= periods.known_on then leads.response_hours end
            as response_hours,
        case when leads.answered_on <= periods.known_on then leads.business_response_hours end
            as business_response_hours
    from leads
    inner join periods on leads.date between periods.starts_on and periods.ends_on
),

measured as (
    select
        agent_id,
        date_range,
        count(*) filter (where is_response_negative) as negative_count,
        {{ responses_counted() }}
    from dated
    group by agent_id, date_range
)

select
    kpis.agent_id,
    kpis.date_range,
    kpis.response_time_hours as mean_hours,
    kpis.response_time_median_hours as median_hours,
    round(sums.response_p90_hours, 1)::numeric(14, 1) as p90_hours,
    kpis.response_count as responded_count,
    kpis.response_time_business_hours as business_mean_hours,
    round(sums.business_response_median_hours, 1)::numeric(14, 1) as business_median_hours,
    coalesce(measured.unresponded_count, 0)::bigint as unresponded_count,
    coalesce(measured.waiting_count, 0)::bigint as waiting_count,
    coalesce(measured.inherited_count, 0)::bigint as inherited_count,
    coalesce(measured.negative_count, 0)::bigint as negative_count,
    coalesce(measured.under_1h_count, 0)::bigint as under_1h_count,
    coalesce(measured.from_1h_to_4h_count, 0)::bigint as from_1h_to_4h_count,
    coalesce(measured.from_4h_to_8h_count, 0)::bigint as from_4h_to_8h_count,
    coalesce(measured.from_8h_to_24h_count, 0)::bigint as from_8h_to_24h_count,
    coalesce(measured.from_24h_count, 0)::bigint as from_24h_count,
    coalesce(measured.business_under_1h_count, 0)::bigint as business_under_1h_count,
    coalesce(measured.business_from_1h_to_4h_count, 0)::bigint as business_from_1h_to_4h_count,
    coalesce(measured.business_from_4h_to_8h_count, 0)::bigint as business_from_4h_to_8h_count,
    coalesce(measured.business_from_8h_to_24h_count, 0)::bigint as business_from_8h_to_24h_count,
    coalesce(measured.business_from_24h_count, 0)::bigint as business_from_24h_count
from kpis
inner join periods on kpis.date_range = periods.date_range
left join measured
    on
        kpis.agent_id = measured.agent_id
        and kpis.date_range = measured.date_range
left join sums
    on
        kpis.agent_id = sums.agent_id
        and periods.starts_on = sums.starts_on
        and periods.ends_on = sums.ends_on
        and periods.known_on = sums.known_on
