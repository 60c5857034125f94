{# Whether there is any calendar. Without one the models are compiled without business hours, which
   then cost nothing. #}
{% macro has_calendars() -%}
    {%- if not execute -%} true
    {%- elif run_query('select exists (select from raw.calendars)').columns[0].values()[0] -%} true
    {%- endif -%}
{%- endmacro %}

{# Open stretches of `days` (schedule, calendar, date) in UTC, as a select; those of a schedule do
   not overlap. Postgres counts a local time that the clock skips from before the change, and takes
   the second of one that it shows twice. #}
{% macro open_stretches(days) -%}
    select
        cut.schedule,
        cut.opens_at,
        cut.closes_at
    from (
        select
            zoned.schedule,
            greatest(
                zoned.opens_at,
                max(zoned.closes_at) over (
                    partition by zoned.schedule
                    order by zoned.opens_at, zoned.closes_at
                    rows between unbounded preceding and 1 preceding
                )
            ) as opens_at,
            zoned.closes_at
        from (
            select
                hours.schedule,
                (hours.date + hours.opens) at time zone calendars.time_zone at time zone 'UTC'
                    as opens_at,
                (
                    hours.date + hours.closes
                    + case when hours.closes <= hours.opens then 1 else 0 end * interval '1 day'
                ) at time zone calendars.time_zone at time zone 'UTC' as closes_at
            from ({{ open_hours(days) }}) as hours
            inner join {{ source('raw', 'calendars') }} as calendars
                on hours.calendar = calendars.calendar
        ) as zoned
    ) as cut
    where cut.opens_at < cut.closes_at
{%- endmacro %}

{# Open hours of `days` (schedule, calendar, date) in local time, as a select. #}
{% macro open_hours(days) -%}
    select
        days.schedule,
        days.calendar,
        days.date,
        weekly.opens,
        weekly.closes
    from {{ days }} as days
    inner join {{ source('raw', 'working_hours') }} as weekly
        on
            days.calendar = weekly.calendar
            and extract(isodow from days.date)::smallint = weekly.weekday
    left join {{ source('raw', 'holidays') }} as exceptions
        on
            days.calendar = exceptions.calendar
            and days.date = exceptions.date
    where exceptions.calendar is null
    union all
    select
        days.schedule,
        days.calendar,
        days.date,
        holidays.opens,
        holidays.closes
    from {{ days }} as days
    inner join {{ source('raw', 'holidays') }} as holidays
        on
            days.calendar = holidays.calendar
            and days.date = holidays.date
    where holidays.opens is not null
{%- endmacro %}

{# Dates from `first_date` to `last_date` with the agent's calendar of each, as a select; its
   schedule is the agent's. #}
{% macro calendar_days(agent_id, first_date, last_date) -%}
    select
        'own' as schedule,
        coalesce(
            (
                select own.calendar
                from {{ source('raw', 'agent_calendars') }} as own
                where own.agent_id = {{ agent_id }} and own.from_date <= dates.date::date
                order by own.from_date desc
                limit 1
            ),
            {{ default_calendar() }}
        ) as calendar,
        dates.date::date as date
    from generate_series(({{ first_date }})::timestamp, ({{ last_date }})::timestamp, '1 day')
        as dates (date)
{%- endmacro %}

{# Calendar of agents without one of their own. #}
{% macro default_calendar() -%}
    (select calendars.calendar from {{ source('raw', 'calendars') }} as calendars where is_default)
{%- endmacro %}

{# CTEs after `classified` of int_leads; the last, `opened`, adds `business_response_hours`. A clock
   is the difference of two sums of open time, up to its end and up to its start, which stand by
   calendar and day; the days are those of the months in which a clock can start, and as many after
   them as a clock is long. Where the agent's calendar changes during the clock, its stretches are
   put together for that lead alone. #}
{% macro business_hours() -%}
    {%- if not has_calendars() -%}
opened as (
    select
        classified.*,
        null as business_response_hours
    from classified
)
    {%- else -%}
months as (
    select distinct date_trunc('month', starts.started_at at time zone 'UTC') as month
    from (
        select leads.created_at as started_at
        from {{ ref('stg_leads') }} as leads
        where {{ only_changed_days('leads.agent_id', 'leads.lead_date', is_computed=true) }}
        union all
        select assignments.occurred_at
        from {{ ref('stg_agent_activity_log') }} as assignments
        where
            assignments.activity_type = 'assignment'
            and {{ only_leads_of('leads', 'assignments.lead_id') }}
    ) as starts
),

calendar_days as (
    select
        calendars.calendar as schedule,
        calendars.calendar,
        dates.date
    from {{ source('raw', 'calendars') }} as calendars
    cross join (
        select distinct (months.month + days.ahead * interval '1 day')::date as date
        from months
        cross join generate_series(-3, 31 + 400 + 3) as days (ahead)
    ) as dates
),

-- Stretches cut at midnight, UTC.
open_pieces as (
    select
        stretches.schedule as calendar,
        dates.date::date as date,
        greatest(stretches.opens_at, dates.date) as opens_at,
        least(stretches.closes_at, dates.date + interval '1 day') as closes_at
    from ({{ open_stretches('calendar_days') }}) as stretches
    cross join
        lateral generate_series(
            date_trunc('day', stretches.opens_at),
            stretches.closes_at - interval '1 microsecond',
            '1 day'
        ) as dates (date)
),

open_days as (
    select
        calendar_days.calendar,
        calendar_days.date,
        array_agg(open_pieces.opens_at order by open_pieces.opens_at) as opens_at,
        array_agg(open_pieces.closes_at order by open_pieces.opens_at) as closes_at,
        coalesce(
            sum(sum(open_pieces.closes_at - open_pieces.opens_at)) over (
                partition by calendar_days.calendar
                order by calendar_days.date
                rows between unbounded preceding and 1 preceding
            ),
            interval '0'
        ) as open_before
    from calendar_days
    left join open_pieces
        on
            calendar_days.calendar = open_pieces.calendar
            and calendar_days.date = open_pieces.date
    group by calendar_days.calendar, calendar_days.date
),

agent_calendars as (
    select
        own.agent_id,
        own.calendar,
        own.from_date,
        lead(own.from_date, 1, 'infinity') over (partition by own.agent_id order by own.from_date)
            as next_from_date
    from {{ source('raw', 'agent_calendars') }} as own
    union all
    select
        own.agent_id,
        {{ default_calendar() }},
        '-infinity',
        min(own.from_date)
    from {{ source('raw', 'agent_calendars') }} as own
    group by own.agent_id
),

clocks as (
    select
        classified.*,
        classified.clock_started_at at time zone 'UTC' as started_at,
        case
            when classified.is_responded and classified.elapsed_hours <= 24 * 400
                then
                    case
                        when classified.response_time_hours is not null
                            then classified.created_at + classified.elapsed_hours * interval '1 hour'
                        else classified.first_contact_at
                    end
        end at time zone 'UTC' as ended_at
    from classified
    offset '0'  -- noqa: ambiguous.order_by_limit
),

-- A local day begins and ends at most two days from the date in UTC.
scheduled as (
    select
        clocks.*,
        case when own.agent_id is null then {{ default_calendar() }} else own.calendar end
            as calendar,
        coalesce(own.next_from_date <= clocks.ended_at::date + 2, false) as changes_calendar
    from clocks
    left join agent_calendars as own
        on
            clocks.agent_id = own.agent_id
            and clocks.started_at::date - 2 >= own.from_date
            and clocks.started_at::date - 2 < own.next_from_date
    offset '0'  -- noqa: ambiguous.order_by_limit
),

opened as (
    select
        scheduled.*,
        case
            when scheduled.ended_at - scheduled.started_at <= interval '400 days'
                then
                    round(
                        extract(
                            epoch from case
                                when scheduled.changes_calendar
                                    then {{ open_time_of_agent('scheduled') }}
                                else
                                    {{ open_time_until('scheduled.ended_at', 'last_days') }}
                                    - {{ open_time_until('scheduled.started_at', 'first_days') }}
                            end
                        ) / 3600,
                        6
                    )
        end as business_response_hours
    from scheduled
    left join open_days as first_days
        on
            scheduled.calendar = first_days.calendar
            and scheduled.started_at::date = first_days.date
    left join open_days as last_days
        on
            scheduled.calendar = last_days.calendar
            and scheduled.ended_at::date = last_days.date
)
    {%- endif %}
{%- endmacro %}

{# Open time up to an instant of the row `day` of open_days. #}
{% macro open_time_until(instant, day) -%}
    (
        {{ day }}.open_before + coalesce(
            (
                select sum(least(pieces.closes_at, {{ instant }}) - pieces.opens_at)
                from unnest({{ day }}.opens_at, {{ day }}.closes_at) as pieces (opens_at, closes_at)
                where pieces.opens_at < {{ instant }}
            ),
            interval '0'
        )
    )
{%- endmacro %}

{# Open time of a clock of a row with agent_id, started_at and ended_at. #}
{% macro open_time_of_agent(clock) -%}
    (
        with days as (
            {{ calendar_days(
                clock ~ '.agent_id', clock ~ '.started_at::date - 2', clock ~ '.ended_at::date + 2'
            ) }}
        )

        select
            coalesce(
                sum(
                    least(stretches.closes_at, {{ clock }}.ended_at)
                    - greatest(stretches.opens_at, {{ clock }}.started_at)
                ),
                interval '0'
            )
        from ({{ open_stretches('days') }}) as stretches
        where
            stretches.opens_at < {{ clock }}.ended_at
            and stretches.closes_at > {{ clock }}.started_at
    )
{%- endmacro %}
