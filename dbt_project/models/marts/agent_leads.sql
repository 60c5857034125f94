{{ config(materialized='view') }}

with leads as (
    select * from {{ ref('int_leads') }}
    where agent_id <> ''
)

select
    leads.agent_id,
    leads.lead_id,
    leads.date,
    leads.source,
    coalesce(leads.contacted_on <= {{ as_of_date() }}, false) as is_contacted,
    coalesce(leads.interested_on <= {{ as_of_date() }}, false) as is_interested,
    coalesce(leads.converted_on <= {{ as_of_date() }}, false) as is_converted,
    leads.is_converted_undated,
    {{ is_unresponded_on(as_of_date(), 'leads') }} as is_unresponded,
    {{ is_waiting_on(as_of_date(), 'leads') }} as is_waiting,
    leads.is_inherited
    and not {{ is_unresponded_on(as_of_date(), 'leads') }} as is_inherited,
    case when leads.answered_on <= {{ as_of_date() }} then leads.response_hours end
        as response_hours,
    case when leads.answered_on <= {{ as_of_date() }} then leads.business_response_hours end
        as business_response_hours,
    leads.satisfaction_rating,
    leads.contacted_on,
    leads.interested_on,
    leads.converted_on,
    leads.answered_on,
    leads.known_contacted_on,
    leads.known_interested_on,
    case when leads.answered_on <= {{ as_of_date() }} then leads.contacted_weekday end
        as contacted_weekday,
    case when leads.answered_on <= {{ as_of_date() }} then leads.contacted_hour end
        as contacted_hour
from leads
where
    leads.date > {{ as_of_date() }} - {{ var('served_history_days') }}
    and leads.date <= {{ as_of_date() }}
