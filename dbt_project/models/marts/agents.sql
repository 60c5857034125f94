{{ config(materialized='view') }}

select
    agent_id,
    first_date
from {{ ref('int_agents') }}
