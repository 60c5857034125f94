-- How many of the window's leads reached each stage, and the rates between stages.
with own as (
    select funnel.*
    from (values (1)) as always (one_row)  -- noqa: ST11
    left join serving.agent_funnel as funnel
        on funnel.agent_id = %(agent_id)s and funnel.date_range = %(date_range)s
),

stages as (
    select
        coalesce(assigned, 0) as assigned,
        coalesce(contacted, 0) as contacted,
        coalesce(interested, 0) as interested,
        coalesce(converted, 0) as converted
    from own
),

of_assigned as (
    select
        contact_rate_pct as "contactRate",
        interest_rate_pct as "interestRate",
        conversion_rate_pct as "conversionRate"
    from own
),

of_previous as (
    select
        contacted_of_assigned_pct as "contactRate",
        interested_of_contacted_pct as "interestRate",
        converted_of_interested_pct as "conversionRate"
    from own
)

select
    row_to_json(stages) as funnel,
    row_to_json(of_assigned) as "conversionRates",
    row_to_json(of_previous) as "ofPrevious"
from stages
cross join of_assigned
cross join of_previous
