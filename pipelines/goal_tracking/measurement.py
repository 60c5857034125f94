"""Measurement of open goals: read from the CRM, summed over the marts.

A refresh measures each goal once, before the insights. Insights and the write-back to the CRM read
the stored result.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from goals.achievement import check_goal_achievements
from goals.facts import facts_query
from goals.goal import Goal
from goals.progress import GoalProgress, update_goal_progress
from goals.rounding import rounded, served
from goals.row_mapping import GOAL_COLUMNS, stored_goal
from goals.types import GoalFacts
from pipelines.goal_tracking.crm_session import short_transaction
from pipelines.partitions import day_starts_at, today
from warehouse.statements import statement

CURRENT_VALUE_DECIMALS = 6
OPEN_GOALS = statement(
    "pipelines/goal_tracking/sql/open_goals.sql", goal_columns=sql.SQL(GOAL_COLUMNS)
)
FACTS = facts_query(schema="marts", agent="period.agent_id", as_of="%(as_of)s::date").encode()

Row = dict[str, Any]
Span = tuple[str, date, date]


class MeasuredGoal(NamedTuple):
    """A row of insights.goal_progress.

    `current` is rounded as it is served, `current_value` as the CRM stores it. `version` is that of
    the CRM's row, another one after every write. `achieved_at` and `closed_at` are set if this
    measurement is the first to find the goal achieved or its period over.
    """

    agent_id: str
    goal_id: int
    goal_type: str
    period: str
    period_start: date
    period_end: date
    target: Decimal
    as_of: date
    elapsed_days: int
    status: str
    current: Decimal | None
    needed_per_day: Decimal | None
    version: str
    is_outdated: bool
    current_value: Decimal | None
    achieved_at: datetime | None
    closed_at: datetime | None
    description: str


def open_goals(crm: psycopg.Connection[Any]) -> list[tuple[Goal, Row]]:
    """Returns the open goals, each with its row; leaves out invalid rows."""
    with short_transaction(crm):
        rows = crm.cursor(row_factory=dict_row).execute(OPEN_GOALS).fetchall()
    return [(goal, row) for row in rows if (goal := stored_goal(row))]


def measure_goals(
    warehouse: psycopg.Connection[Any],
    goals: Sequence[tuple[Goal, Row]],
    as_of: date,
    noticed_at: datetime,
) -> list[MeasuredGoal]:
    """Returns the goals with their progress over [period_start, min(as_of, period_end)].

    `noticed_at` is the instant given to an achievement, or an end of a period, that is new.
    """
    facts = _facts(warehouse, {_span(goal) for goal, _ in goals}, as_of)
    return [
        _measured(update_goal_progress(goal, facts[_span(goal)], as_of), row, noticed_at)
        for goal, row in goals
    ]


def noticed_now(as_of: date, time_zone: str) -> datetime:
    """Returns now, or the last instant of a past as-of date, which has no later events."""
    if as_of >= today(time_zone):
        return datetime.now(UTC)
    return day_starts_at(as_of + timedelta(days=1), time_zone) - timedelta(microseconds=1)


def _span(goal: Goal) -> Span:
    return goal.agent_id, goal.period_start, goal.period_end


def _facts(
    warehouse: psycopg.Connection[Any], spans: Iterable[Span], as_of: date
) -> dict[Span, GoalFacts]:
    periods = list(spans)
    rows = warehouse.execute(
        FACTS,
        {
            "agent_ids": [agent for agent, _, _ in periods],
            "period_starts": [start for _, start, _ in periods],
            "period_ends": [end for _, _, end in periods],
            "as_of": as_of,
        },
    )
    return {(agent, start, end): GoalFacts(*sums) for agent, start, end, *sums in rows}


def _measured(progress: GoalProgress, row: Row, noticed_at: datetime) -> MeasuredGoal:
    goal, current, rounded_progress = progress.goal, progress.current, served(progress)
    value = None if current is None else rounded(current, CURRENT_VALUE_DECIMALS)
    events = check_goal_achievements([progress], noticed_at)
    return MeasuredGoal(
        agent_id=goal.agent_id,
        goal_id=goal.goal_id,
        goal_type=goal.goal_type,
        period=goal.period,
        period_start=goal.period_start,
        period_end=goal.period_end,
        target=goal.target,
        as_of=progress.as_of,
        elapsed_days=goal.elapsed_days(progress.as_of),
        status=progress.status,
        current=rounded_progress.current,
        needed_per_day=rounded_progress.needed_per_day,
        version=row["version"],
        is_outdated=bool(events.achieved or events.closed) or value != row["current_value"],
        current_value=value,
        achieved_at=noticed_at if events.achieved else None,
        closed_at=noticed_at if events.closed else None,
        description=(
            f"{goal.period.capitalize()} {goal.definition.label}:"
            f" {rounded_progress.current}, target {goal.target.normalize():f}"
        ),
    )
