{{ config(materialized='view') }}

with leads as (
    select * from {{ ref('int_leads') }}
    where agent_id <> ''
),

longest_windows as (
    select distinct on (period) period, starts_on, ends_on
    from {{ ref('int_windows') }}
    order by period asc, date_range desc
)

select
    leads.agent_id,
    leads.lead_id,
    longest_windows.period,
    leads.date,
    leads.source,
    leads.is_contacted,
    leads.is_interested,
    leads.is_converted,
    leads.is_converted_undated,
    leads.is_unresponded,
    {{ is_waiting_on(as_of_date(), 'leads') }} as is_waiting,
    leads.response_hours,
    leads.satisfaction_rating,
    leads.contacted_on,
    leads.interested_on,
    leads.converted_on,
    leads.answered_on,
    leads.contacted_weekday,
    leads.contacted_hour
from leads
inner join longest_windows
    on leads.date between longest_windows.starts_on and longest_windows.ends_on
