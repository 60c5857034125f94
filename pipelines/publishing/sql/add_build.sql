-- The build of the marts, with what its answers need of no agent: the dates of its periods and how
-- many agents each ranks.
with totals as (
    select distinct
        date_range,
        total_agents
    from marts.agent_team_ranking
),

ranked as (
    select coalesce(jsonb_object_agg(date_range, total_agents), '{{}}') as agents from totals
),

spans as (
    select
        date_range,
        jsonb_object_agg(span, jsonb_build_object('from', starts_on, 'to', ends_on)) as dates
    from intermediate.int_periods
    group by date_range
),

dated as (
    select jsonb_object_agg(date_range, dates) as periods from spans
),

loaded as (
    select max(data_through) as data_through from state.source_watermarks
)

insert into serving.builds (
    as_of, through, data_through, time_zone, week_starts_on, fiscal_year_starts_in,
    definition_hash, mode, run_id, ranked_agents, periods, currency
)
select
    state.as_of,
    state.through,
    loaded.data_through,
    %(time_zone)s as time_zone,
    calendar.week_starts_on,
    calendar.fiscal_year_starts_in,
    state.definition_hash,
    %(mode)s as mode_of_build,
    %(run_id)s as run_of_build,
    ranked.agents,
    dated.periods,
    %(currency)s as currency_of_build
from state.build_state as state
cross join intermediate.int_calendar as calendar
cross join ranked
cross join dated
cross join loaded
returning build_id
