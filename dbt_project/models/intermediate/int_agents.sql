{{ config(materialized='view') }}

select distinct agent_id
from {{ ref('agent_performance_metrics') }}
where agent_id <> ''
