-- The agent's leads behind a number of a window, as many as it says; of revenue, its conversions.
select
    lead.lead_id,
    lead.date,
    lead.source,
    lead.contacted_on,
    lead.interested_on,
    lead.converted_on,
    round(lead.response_hours, 1) as response_hours,
    lead.satisfaction_rating,
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
    conversion.lead_id,
    conversion.date,
    conversion.source,
    null::date as contacted_on,
    null::date as interested_on,
    null::date as converted_on,
    null::numeric as response_hours,
    null::integer as satisfaction_rating,
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
order by date desc, lead_id asc, revenue asc
