{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'stg_agent_activity_log'}}}) }}
-- Conversions among them count for their agent, under the source Unknown.
-- Beside int_leads, the longest of all, which leaves a core free. A model waits for the tests of
-- what it is made of, so the test is also of a view that no model reads:
-- depends_on: {{ ref('agent_conversions') }}
select activities.agent_id, activities.activity_id, activities.lead_id
from {{ ref('stg_agent_activity_log') }} as activities
left join {{ ref('stg_leads') }} as leads on activities.lead_id = leads.lead_id
where activities.lead_id is not null and leads.lead_id is null
