-- Old and new values of changed numbers of days that were over when they were published.
create temporary table restated on commit drop as
with published as (
    select * from serving.agent_performance_metrics
    where date < {closed_before} and {scope}
),

built as (
    select * from marts.agent_performance_metrics
    where agent_id <> '' and date < {closed_before} and {scope}
)

select
    agent_id,
    date,
    compared.measure,
    coalesce(compared.old_value, 0) as old_value,
    coalesce(compared.new_value, 0) as new_value
from published
full outer join built using (agent_id, date)
cross join
    lateral (
        values
        -- generated: compared served-daily published built
        ('leads_assigned', published.leads_assigned, built.leads_assigned),
        ('leads_contacted', published.leads_contacted, built.leads_contacted),
        ('leads_interested', published.leads_interested, built.leads_interested),
        ('leads_converted', published.leads_converted, built.leads_converted),
        ('revenue_generated', published.revenue_generated, built.revenue_generated),
        ('conversions_booked', published.conversions_booked, built.conversions_booked),
        ('response_hours_total', published.response_hours_total, built.response_hours_total),
        ('response_count', published.response_count, built.response_count),
        ('unresponded_count', published.unresponded_count, built.unresponded_count),
        ('satisfaction_total', published.satisfaction_total, built.satisfaction_total),
        ('satisfaction_count', published.satisfaction_count, built.satisfaction_count)
        -- end generated
    ) as compared (measure, old_value, new_value)
where
    coalesce(compared.old_value, 0) <> coalesce(compared.new_value, 0)
    -- Null in a published row: the measure is new in this version and has not been published yet.
    and (published.agent_id is null or compared.old_value is not null)
