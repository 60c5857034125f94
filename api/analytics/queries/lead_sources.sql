-- One of the list per source of the period's leads or conversions, most leads first.
select
    array_to_json(array(
        select row_to_json(listed)
        from (
            select
                source.source,
                -- generated: select agent_lead_sources lead-sources sources[] source
                source.lead_count as count,
                source.conversion_rate_pct as "conversionRate",
                source.revenue,
                source.conversions_booked as "conversionsBooked"
                -- end generated
            from serving.agent_lead_sources as source
            where source.agent_id = %(agent_id)s and source.date_range = %(date_range)s
            order by
                source.lead_count desc,
                source.revenue desc,
                source.source collate "C"  -- noqa: RF03
        ) as listed
    )) as sources
