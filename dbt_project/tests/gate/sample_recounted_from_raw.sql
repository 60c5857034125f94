{{ config(meta={'dagster': {'ref': {'name': 'agent_performance_metrics'}}}) }}
{% set served_currency = env_var('ANALYTICS_CURRENCY', '') %}
{% set rates = source('raw', 'exchange_rates') %}
-- A sample of agent-days, different in each run and with changed ones, recounted from raw without
-- the marts' models. Only the counts themselves are shared, by the macros of agent_days.sql.
with amounts as not materialized (
    select
        activities.*,
        case
            when activities.revenue_text ~ '^\s*[+-]?\d{1,15}(\.\d+)?\s*$'
                then {{ trimmed('activities.revenue_text') }}::numeric
            else 0
        end as amount
    from {{ source('raw', 'agent_activity_log') }} as activities
    where activities.activity_type = 'conversion' and activities.occurred_at is not null
),

conversions as not materialized (
    select
        activity_id,
        agent_id,
        lead_id,
        occurred_at,
        coalesce(origin = 'trigger', false) as is_logged_by_trigger,
        round(amount, 2) < 0 as is_refund,
        {% if served_currency -%}
            case
                when currency is null or currency = '{{ served_currency }}' then round(amount, 2)
                else coalesce(
                    (
                        select round(amounts.amount * known.rate, 2)
                        from {{ rates }} as known
                        where
                            known.currency = amounts.currency
                            and known.from_date <= {{ day('amounts.occurred_at') }}
                            and not exists (
                                select 1 from {{ rates }} as later
                                where
                                    later.currency = known.currency
                                    and later.from_date > known.from_date
                                    and later.from_date <= {{ day('amounts.occurred_at') }}
                            )
                    ),
                    0
                )
            end as revenue
        {%- else -%}
            round(amount, 2) as revenue
        {%- endif %}
    from amounts
),

changed as (
    select agent_id, date
    from {{ source('state', 'changed_agent_days') }}
    order by md5(agent_id || date || now())
    limit 100
),

drawn as (
    select agent_id, date
    from {{ ref('agent_performance_metrics') }}
    where {{ only_checked_agents('agent_id') }}
    order by md5(agent_id || date || now())
    limit 100
),

sampled as (
    select
        agent_id,
        date,
        date::timestamp at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}'
            as starts_at,
        (date + 1)::timestamp at time zone '{{ env_var("ANALYTICS_TIMEZONE", "UTC") or "UTC" }}'
            as ends_at
    from (
        select * from changed
        union
        select * from drawn
    ) as agent_days
),

leads as (
    select
        sampled.agent_id,
        sampled.date,
        leads.contacted_at is not null
        or exists (
            select 1 from {{ source('raw', 'agent_activity_log') }} as contacts
            where
                contacts.lead_id = leads.lead_id
                and contacts.activity_type in ('call', 'email', 'meeting')
                and contacts.agent_id = leads.agent_id
                and contacts.agent_id <> ''
                and contacts.occurred_at >= leads.created_at
                and not contacts.is_automated
        ) as has_contact,
        leads.interested_at,
        -- The trigger's conversions count while the disposition says the same.
        ({{ is_converted_word(disposition_word('leads.disposition')) }}) is true
        or exists (
            select 1 from conversions
            where
                conversions.lead_id = leads.lead_id
                and not conversions.is_refund
                and not conversions.is_logged_by_trigger
        ) as is_converted
    from sampled
    inner join {{ source('raw', 'leads') }} as leads
        on
            sampled.agent_id = leads.agent_id
            and sampled.starts_at <= leads.created_at
            and sampled.ends_at > leads.created_at
),

stages as (
    select
        agent_id,
        date,
        is_converted or interested_at is not null or has_contact as is_contacted,
        is_converted or interested_at is not null as is_interested,
        is_converted
    from leads
),

counted as (
    select
        agent_id,
        date,
        {{ stages_counted() }}
    from stages
    group by agent_id, date
),

earnings as (
    select
        sampled.agent_id,
        sampled.date,
        conversions.revenue,
        conversions.is_refund
    from sampled
    inner join conversions
        on
            sampled.agent_id = conversions.agent_id
            and sampled.starts_at <= conversions.occurred_at
            and sampled.ends_at > conversions.occurred_at
    where
        not conversions.is_logged_by_trigger
        or conversions.is_refund
        or (
            exists (
                select 1 from {{ source('raw', 'leads') }} as leads
                where
                    leads.lead_id = conversions.lead_id
                    and leads.created_at is not null
                    and {{ is_converted_word(disposition_word('leads.disposition')) }}
            )
            and not exists (
                select 1
                from conversions as others
                where
                    others.lead_id = conversions.lead_id
                    and not others.is_refund
                    and (
                        others.is_logged_by_trigger
                        and (others.occurred_at, others.activity_id)
                        > (conversions.occurred_at, conversions.activity_id)
                        or not others.is_logged_by_trigger
                        and abs(extract(epoch from others.occurred_at - conversions.occurred_at))
                        <= 3600 * {{ var('trigger_conversion_hours') }}
                    )
            )
        )
),

earned as (
    select
        agent_id,
        date,
        {{ conversions_counted() }}
    from earnings
    group by agent_id, date
),

recounted as (
    select * from counted  -- noqa: RF02
    full outer join earned using (agent_id, date)
)

select
    agent_id,
    date,
    compared.measure,
    compared.in_marts,
    compared.in_raw
from sampled
left join {{ ref('agent_performance_metrics') }} as metrics using (agent_id, date)
left join recounted using (agent_id, date)
cross join
    lateral (
        values
        -- generated: compared conserved metrics recounted
        ('leads_assigned', metrics.leads_assigned, recounted.leads_assigned),
        ('leads_contacted', metrics.leads_contacted, recounted.leads_contacted),
        ('leads_interested', metrics.leads_interested, recounted.leads_interested),
        ('leads_converted', metrics.leads_converted, recounted.leads_converted),
        ('revenue_generated', metrics.revenue_generated, recounted.revenue_generated),
        ('conversions_booked', metrics.conversions_booked, recounted.conversions_booked)
        -- end generated
    ) as compared (measure, in_marts, in_raw)
where coalesce(compared.in_marts, 0) <> coalesce(compared.in_raw, 0)
