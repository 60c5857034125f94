{{ config(
    indexes=[{'columns': ['lead_id'], 'unique': true}, {'columns': ['agent_id', 'date']}],
    post_hook='{{ analyze_if_rebuilt(together=["agent_id", "date"]) }}'
) }}

with leads as (
    select * from {{ ref('stg_leads') }}
    where {{ only_changed_days('agent_id', 'lead_date', is_computed=true) }}
),

activities as (
    select agent_id, lead_id, occurred_at from {{ ref('stg_agent_activity_log') }}
    where activity_type = 'assignment' and {{ only_leads_of('leads', 'lead_id') }}
),

assigned as (
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
        and {{ only_changed_days('leads.agent_id', 'leads.lead_date', is_computed=true) }}
    group by leads.lead_id
),

booked as (
    select
        lead_id,
        min(occurred_at) as converted_at
    from {{ ref('int_conversions') }}
    where not is_refund and {{ only_leads_of('leads', 'lead_id') }}
    group by lead_id
),

timed as (
    select
        leads.*,
        booked.converted_at,
        round(
            coalesce(
                leads.response_time_hours,
                case
                    when isfinite(leads.contacted_at) and isfinite(leads.created_at)
                        then extract(
                            epoch from leads.contacted_at
                            - coalesce(assigned.assigned_at, leads.created_at)
                        ) / 3600
                end
            ),
            6
        ) as elapsed_hours,
        coalesce({{ is_converted_word('leads.disposition') }}, false)
        or booked.lead_id is not null as is_converted
    from leads
    left join assigned on leads.lead_id = assigned.lead_id
    left join booked on leads.lead_id = booked.lead_id
    -- Keeps the planner from inlining the CTE and computing its expressions once per use, here and
    -- below; int_conversions says why it is quoted.
    offset '0'  -- noqa: ambiguous.order_by_limit
),

classified as (
    select
        timed.*,
        -- Excludes NaN (sorts above all numbers) and values too large to average.
        coalesce(timed.elapsed_hours >= 0 and timed.elapsed_hours < 99999999, false)
            as is_responded
    from timed
    offset '0'  -- noqa: ambiguous.order_by_limit
),

answered as (
    select
        classified.*,
        -- The sum with a later created_at could exceed the range of timestamptz.
        case
            when classified.is_responded and classified.created_at < '9999-01-01'
                then classified.created_at + classified.elapsed_hours * interval '1 hour'
        end as answered_at
    from classified
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
    {{ finite_day('least(contacted_at, interested_at, converted_at)') }} as contacted_on,
    {{ finite_day('least(interested_at, converted_at)') }} as interested_on,
    {{ finite_day('converted_at') }} as converted_on,
    {{ finite_day('coalesce(contacted_at, answered_at)') }} as answered_on,
    extract(isodow from {{ local_time('contacted_at') }})::integer as contacted_weekday,
    extract(hour from {{ local_time('contacted_at') }})::integer as contacted_hour
from answered
