{{ config(severity='warn') }}
select 'no activity has been read' as finding
where not exists (select 1 from {{ ref('stg_agent_activity_log') }})
