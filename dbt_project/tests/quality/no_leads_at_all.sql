{{ config(severity='warn') }}
-- An empty source gives zeros and nulls.
select 'no lead has been read' as finding
where not exists (select 1 from {{ ref('stg_leads') }})
