-- Changed agents and agent-days, and about how many agent-days there are; no row if none changed.
with changed as (
    select distinct
        agent_id,
        date
    from state.changed_agent_days
)

select
    count(distinct changed.agent_id) as agents,
    count(*) as changed_days,
    greatest(marts.reltuples, 0) as agent_days
from changed
cross join pg_class as marts
where marts.oid = to_regclass('marts.agent_performance_metrics')
group by marts.reltuples
