-- One row: how many of the window's leads reached each stage, and the rates between stages.
select
    coalesce(funnel.assigned, 0) as assigned,
    coalesce(funnel.contacted, 0) as contacted,
    coalesce(funnel.interested, 0) as interested,
    coalesce(funnel.converted, 0) as converted,
    funnel.contact_rate_pct,
    funnel.interest_rate_pct,
    funnel.conversion_rate_pct,
    funnel.contacted_of_assigned_pct,
    funnel.interested_of_contacted_pct,
    funnel.converted_of_interested_pct
from (values (1)) as always (one_row)  -- noqa: ST11
left join serving.agent_funnel as funnel
    on funnel.agent_id = %(agent_id)s and funnel.date_range = %(date_range)s
