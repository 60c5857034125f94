{{ config(
    indexes=[{'columns': ['lead_id'], 'unique': true}, {'columns': ['agent_id', 'date']}],
    post_hook='{{ analyze_if_rebuilt(together=["agent_id", "date"]) }}'
) }}

with leads as (
    select * from {{ ref('stg_leads') }}
    where
        lead_date is not null
        and {{ only_changed_days('agent_id', 'lead_date', is_computed=true) }}
),

activities as (
    select agent_id, lead_id, activity_type, occurred_at from {{ ref('stg_agent_activity_log') }}
    where
        activity_type in ('assignment', 'call', 'email', 'meeting')
        and (activity_type = 'assignment' or not is_automated)
        and {{ only_leads_of('leads', 'lead_id') }}
),

-- Of the current agent only.
logged as (
    select
        leads.lead_id,
        min(activities.occurred_at) filter (where activities.activity_type = 'assignment')
            as first_assigned_at,
        max(activities.occurred_at) filter (where activities.activity_type = 'assignment')
            as last_assigned_at,
        min(activities.occurred_at) filter (
            where activities.activity_type <> 'assignment'
            and activities.occurred_at >= leads.created_at
        ) as contacted_at
    from {{ ref('stg_leads') }} as leads
    inner join activities
        on
            leads.lead_id = activities.lead_id
            -- Nearly implied by the lead: the planner would multiply the selectivities of both,
            -- expect 1 % of the rows and sort them. It takes a CASE for half of them, and hashes.
            and case
                when leads.agent_id = activities.agent_id
                    then leads.contacted_at is null or activities.activity_type = 'assignment'
            end
    where
        leads.agent_id <> ''
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

joined as (
    select
        leads.*,
        logged.first_assigned_at,
        logged.last_assigned_at,
        coalesce(leads.contacted_at, logged.contacted_at) as first_contact_at,
        booked.converted_at,
        booked.lead_id is not null as is_booked,
        coalesce({{ is_converted_word('leads.disposition') }}, false) as is_won,
        coalesce({{ is_closed_word('leads.disposition') }}, false) as is_closed
    from leads
    left join logged on leads.lead_id = logged.lead_id
    left join booked on leads.lead_id = booked.lead_id
    -- Keeps the planner from inlining the CTE and computing its expressions once per use, here and
    -- below; int_conversions says why it is quoted.
    offset '0'  -- noqa: ambiguous.order_by_limit
),

clocked as (
    select
        joined.*,
        {{ day('joined.first_contact_at') }} as first_contact_on,
        coalesce(
            {{ day('joined.converted_at') }}, case when joined.is_won then joined.lead_date end
        ) as converted_on,
        case
            when joined.response_time_hours is not null or joined.first_assigned_at is null
                then joined.created_at
            when joined.last_assigned_at <= joined.first_contact_at then joined.last_assigned_at
            -- Few leads are assigned to the same agent again after the contact.
            when joined.first_assigned_at <= joined.first_contact_at
                then (
                    select max(assignments.occurred_at)
                    from {{ ref('stg_agent_activity_log') }} as assignments
                    where
                        assignments.lead_id = joined.lead_id
                        and assignments.agent_id = joined.agent_id
                        and assignments.activity_type = 'assignment'
                        and assignments.occurred_at <= joined.first_contact_at
                )
        end as clock_started_at
    from joined
    offset '0'  -- noqa: ambiguous.order_by_limit
),

timed as (
    select
        clocked.*,
        least({{ day('clocked.interested_at') }}, clocked.converted_on) as interested_on,
        least({{ day('clocked.interested_at') }}, {{ day('clocked.converted_at') }})
            as known_interested_on,
        round(
            coalesce(
                clocked.response_time_hours,
                extract(epoch from clocked.first_contact_at - clocked.clock_started_at) / 3600
            ),
            6
        ) as elapsed_hours
    from clocked
    offset '0'  -- noqa: ambiguous.order_by_limit
),

classified as (
    select
        timed.*,
        timed.first_contact_at is not null or timed.interested_on is not null as is_contacted,
        coalesce(timed.elapsed_hours >= 0 and timed.elapsed_hours < 99999999, false)
            as is_responded,
        coalesce(timed.first_contact_at < timed.first_assigned_at, false)
            as is_contacted_by_others,
        timed.first_contact_at is null and not timed.has_response_time as is_unresponded
    from timed
    offset '0'  -- noqa: ambiguous.order_by_limit
),

{{ business_hours() }}

select
    agent_id,
    lead_id,
    source,
    case when is_responded then elapsed_hours end as response_hours,
    business_response_hours::numeric(14, 6) as business_response_hours,
    satisfaction_rating,
    is_contacted,
    interested_on is not null as is_interested,
    converted_on is not null as is_converted,
    is_won and not is_booked as is_converted_undated,
    is_unresponded,
    is_unresponded and not is_contacted and not is_closed as is_waiting,
    is_contacted_by_others and not is_responded as is_inherited,
    not is_responded and not is_unresponded and not is_contacted_by_others
        as is_response_negative,
    is_closed,
    has_response_time,
    first_assigned_at is not null as is_assignment_logged,
    lead_date as date,
    least(first_contact_on, interested_on) as contacted_on,
    interested_on,
    converted_on,
    least(first_contact_on, known_interested_on) as known_contacted_on,
    known_interested_on,
    case
        when first_contact_on is not null then first_contact_on
        when is_responded
            then coalesce(
                -- Dates end on 9999-12-31.
                nullif(
                    least(
                        {{ day("(created_at + elapsed_hours * interval '1 hour')") }},
                        '10000-01-01'
                    ),
                    '10000-01-01'
                ),
                lead_date
            )
        when not is_unresponded then lead_date
    end as answered_on,
    first_contact_at,
    extract(isodow from {{ local_time('first_contact_at') }})::integer as contacted_weekday,
    extract(hour from {{ local_time('first_contact_at') }})::integer as contacted_hour,
    case when is_responded then clock_started_at end as clock_started_at
from opened
