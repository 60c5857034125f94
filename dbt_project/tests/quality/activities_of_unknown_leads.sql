{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'stg_agent_activity_log'}}}) }}
-- Their conversions count for their agent, under the source Unknown.
-- `dbt build` makes models wait for the tests of their parents. The dependency below attaches this
-- test to a view that no model reads, so it runs while int_leads, the longest model, is built:
-- depends_on: {{ ref('agent_conversions') }}
select activities.agent_id, activities.activity_id, activities.lead_id
from {{ ref('stg_agent_activity_log') }} as activities
left join {{ ref('stg_leads') }} as leads on activities.lead_id = leads.lead_id
where activities.lead_id is not null and leads.lead_id is null
