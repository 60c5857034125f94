-- One row per source of the window's leads or conversions, most leads first.
select
    source.source,
    source.lead_count as count,
    source.conversion_rate_pct as conversion_rate,
    source.revenue
from serving.agent_lead_sources as source
where source.agent_id = %(agent_id)s and source.date_range = %(date_range)s
order by source.lead_count desc, source.revenue desc, source.source collate "C"  -- noqa: RF03
