{{ config(severity='warn') }}
-- With an empty source all numbers are 0 or null.
select 'no lead has been read' as finding
where not exists (select 1 from {{ ref('stg_leads') }})
