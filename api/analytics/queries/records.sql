-- The agent's leads behind a number of a window, as many as it says; of revenue, its conversions.
with listed as (
    select
        lead.lead_id as "leadId",
        lead.date,
        lead.source,
        lead.contacted_on as "contactedOn",
        lead.interested_on as "interestedOn",
        lead.converted_on as "convertedOn",
        round(lead.response_hours, 1) as "responseHours",
        lead.satisfaction_rating as "satisfactionRating",
        null::numeric as revenue
    from serving.agent_leads as lead
    cross join (  -- noqa: ST05
        select as_of from serving.builds
        order by build_id desc limit 1
    ) as build
    where
        lead.agent_id = %(agent_id)s
        and lead.date between build.as_of - %(date_range)s::integer + 1 and build.as_of
        and case %(metric)s::text
            when 'conversion' then lead.is_converted
            when 'response' then lead.response_hours is not null
            when 'satisfaction' then lead.satisfaction_rating is not null
            when 'unresponded' then lead.is_unresponded
            when 'waiting' then lead.is_waiting
            else %(metric)s::text <> 'revenue'
        end
        and case %(stage)s::text
            when 'contacted' then lead.is_contacted
            when 'interested' then lead.is_interested
            when 'converted' then lead.is_converted
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
    cross join (  -- noqa: ST05
        select as_of from serving.builds
        order by build_id desc limit 1
    ) as build
    where
        conversion.agent_id = %(agent_id)s
        and conversion.date between build.as_of - %(date_range)s::integer + 1 and build.as_of
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
