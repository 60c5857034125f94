-- How many of the period's leads reached each stage, and the rates between stages.
with own as (
    select funnel.*
    from (values (1)) as always (one_row)  -- noqa: ST11
    left join serving.agent_funnel as funnel
        on funnel.agent_id = %(agent_id)s and funnel.date_range = %(date_range)s
),

stages as (
    select
        -- generated: select-or-zero agent_funnel funnel funnel own
        coalesce(own.assigned, 0) as assigned,
        coalesce(own.contacted, 0) as contacted,
        coalesce(own.interested, 0) as interested,
        coalesce(own.converted, 0) as converted
        -- end generated
    from own
),

of_assigned as (
    select
        -- generated: select agent_funnel funnel conversionRates own
        own.contact_rate_pct as "contactRate",
        own.interest_rate_pct as "interestRate",
        own.conversion_rate_pct as "conversionRate"
        -- end generated
    from own
),

of_previous as (
    select
        -- generated: select agent_funnel funnel ofPrevious own
        own.contacted_of_assigned_pct as "contactRate",
        own.interested_of_contacted_pct as "interestRate",
        own.converted_of_interested_pct as "conversionRate"
        -- end generated
    from own
)

select
    row_to_json(stages) as funnel,
    row_to_json(of_assigned) as "conversionRates",
    row_to_json(of_previous) as "ofPrevious"
from stages
cross join of_assigned
cross join of_previous
