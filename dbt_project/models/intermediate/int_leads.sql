{{ config(indexes=[{'columns': ['lead_id'], 'unique': true}, {'columns': ['agent_id', 'date']}]) }}

with leads as (
    select * from {{ ref('stg_leads') }}
    where {{ only_touched_days('agent_id', 'lead_date') }}
),

conversions as (
    select lead_id from {{ ref('int_conversions') }}
    where not is_refund
),

activities as (
    select agent_id, lead_id, occurred_at from {{ ref('stg_agent_activity_log') }}
    where activity_type = 'assignment'
),

clocked as (
    select
        leads.lead_id,
        max(activities.occurred_at) as assigned_at
    from {{ ref('stg_leads') }} as leads
    inner join activities
        on
            leads.lead_id = activities.lead_id
            and leads.agent_id = activities.agent_id
            and leads.contacted_at >= activities.occurred_at
            and isfinite(activities.occurred_at)
    where
        leads.response_time_hours is null
        and leads.agent_id <> ''
        and {{ only_touched_days('leads.agent_id', 'leads.lead_date') }}
    group by leads.lead_id
),

timed as (
    select
        leads.*,
        round(
            coalesce(
                leads.response_time_hours,
                case
                    when isfinite(leads.contacted_at) and isfinite(leads.created_at)
                        then extract(
                            epoch from leads.contacted_at
                            - coalesce(clocked.assigned_at, leads.created_at)
                        ) / 3600
                end
            ),
            6
        ) as elapsed_hours,
        coalesce(
            leads.disposition in ('{{ var('converted_dispositions') | join("', '") }}'), false
        ) or exists (
            select 1 from conversions
            where conversions.lead_id = leads.lead_id
        ) as is_converted
    from leads
    left join clocked on leads.lead_id = clocked.lead_id
),

judged as (
    select
        timed.*,
        -- NaN, which Postgres holds above every number, and what no average could hold are not.
        coalesce(timed.elapsed_hours >= 0 and timed.elapsed_hours < 99999999, false)
            as is_responded
    from timed
)

select
    agent_id,
    lead_id,
    source,
    case when is_responded then elapsed_hours end as response_hours,
    satisfaction_rating,
    contacted_at is not null or interested_at is not null or is_converted as is_contacted,
    interested_at is not null or is_converted as is_interested,
    is_converted,
    response_time_hours is null and contacted_at is null as is_unresponded,
    not is_responded and (response_time_hours is not null or contacted_at is not null)
        as is_response_negative,
    lead_date as date,
    created_at
from judged
