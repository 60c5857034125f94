-- The agent's leads behind a number of a period, as many as it says; of revenue, its conversions.
with period as (
    select
        as_of,
        (periods #>> array[%(date_range)s::text, 'shown', 'from'])::date as first_date,
        (periods #>> array[%(date_range)s::text, 'shown', 'to'])::date as last_date
    from serving.builds
    order by build_id desc
    limit 1
),

listed as (
    select
        lead.lead_id as "leadId",
        lead.date,
        lead.source,
        case when lead.contacted_on <= period.as_of then lead.contacted_on end as "contactedOn",
        case when lead.interested_on <= period.as_of then lead.interested_on end as "interestedOn",
        case when lead.converted_on <= period.as_of then lead.converted_on end as "convertedOn",
        round(lead.response_hours, 1) as "responseHours",
        lead.satisfaction_rating as "satisfactionRating",
        null::numeric as revenue
    from serving.agent_leads as lead
    cross join period
    where
        lead.agent_id = %(agent_id)s
        and lead.date between period.first_date and period.last_date
        and case %(metric)s::text
            when 'conversion' then coalesce(lead.converted_on <= period.as_of, false)
            when 'response' then lead.response_hours is not null
            when 'satisfaction' then lead.satisfaction_rating is not null
            when 'unresponded' then lead.is_unresponded
            when 'waiting' then lead.is_waiting
            else %(metric)s::text <> 'revenue'
        end
        and case %(stage)s::text
            when 'contacted' then coalesce(lead.contacted_on <= period.as_of, false)
            when 'interested' then coalesce(lead.interested_on <= period.as_of, false)
            when 'converted' then coalesce(lead.converted_on <= period.as_of, false)
            else true
        end
        and (%(source)s::text is null or lead.source = %(source)s::text)  -- noqa: RF02
    union all
    select
        conversion.lead_id as "leadId",
        conversion.date,
        conversion.source,
        null::date as "contactedOn",
        null::date as "interestedOn",
        null::date as "convertedOn",
        null::numeric as "responseHours",
        null::integer as "satisfactionRating",
        conversion.revenue
    from serving.agent_conversions as conversion
    cross join period
    where
        conversion.agent_id = %(agent_id)s
        and conversion.date between period.first_date and period.last_date
        and %(metric)s::text = 'revenue'
        and (%(source)s::text is null or conversion.source = %(source)s::text)  -- noqa: RF02
)

select
    (select count(*) from listed) as count,
    array_to_json(array(
        select row_to_json(ordered)
        from (
            select * from listed
            order by date desc, "leadId" asc, revenue asc
        ) as ordered
    )) as records
