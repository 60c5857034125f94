with agents as (
    select * from {{ ref('int_agents') }}
    where {{ only_changed_agents('agent_id') }}
),

days as (
    select agent_id, date, response_hours_total, response_count
    from {{ ref('agent_performance_metrics') }}
    where {{ only_changed_agents('agent_id') }}
),

-- The dates of the longest window, and 29 before them for the first of its sums.
calendar as (
    select {{ as_of_date() }} - steps as date
    from
        generate_series(
            0, (select max(windows.date_range) from {{ ref('int_windows') }} as windows) + 28
        ) as steps
),

dense as (
    select
        agents.agent_id,
        calendar.date,
        days.response_hours_total,
        days.response_count
    from agents
    cross join calendar
    left join days on agents.agent_id = days.agent_id and calendar.date = days.date
),

rolled as (
    select
        agent_id,
        date,
        sum(response_hours_total) over week as hours_7d,
        sum(response_count) over week as count_7d,
        sum(response_hours_total) over month as hours_30d,
        sum(response_count) over month as count_30d
    from dense
    window
        week as (partition by agent_id order by date rows between 6 preceding and current row),
        month as (partition by agent_id order by date rows between 29 preceding and current row)
)

select
    agent_id,
    date,
    {{ ratio('hours_7d', 'count_7d') }}::numeric(14, 1) as rolling_7d_hours,
    {{ ratio('hours_30d', 'count_30d') }}::numeric(14, 1) as rolling_30d_hours
from rolled
where date > {{ as_of_date() }} - (
    select max(windows.date_range) from {{ ref('int_windows') }} as windows
)
