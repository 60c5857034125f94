"""Measurement of open goals: read from the CRM, summed over the marts.

A refresh measures each goal once, before the insights. Insights and the write-back to the CRM read
the stored result.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from goals.achievement import check_goal_achievements, with_achievement
from goals.facts import Target, achieved_parameters, achieved_query, facts_query, target_of
from goals.goal import Goal
from goals.pace import calendar_days
from goals.progress import GoalProgress, update_goal_progress
from goals.rounding import rounded, served
from goals.row_mapping import GOAL_COLUMNS, stored_goal
from goals.types import FACT_TYPES, GoalFacts, PeriodFacts
from pipelines.goal_tracking.crm_session import short_transaction
from pipelines.partitions import day_starts_at, today
from warehouse.state.build_state import MartsBuild
from warehouse.statements import statement

CURRENT_VALUE_DECIMALS = 6
OPEN_GOALS = statement(
    "pipelines/goal_tracking/sql/open_goals.sql", goal_columns=sql.SQL(GOAL_COLUMNS)
)
BUILD = "select %(as_of)s::date as as_of, %(through)s::date as through"
FACTS = facts_query(schema="marts", agent="goal.agent_id", build=BUILD).encode()
ACHIEVED = achieved_query(schema="marts", agent="goal.agent_id", build=BUILD).encode()

Row = dict[str, Any]
Span = tuple[str, date, date]


class MeasuredGoal(NamedTuple):
    """A row of insights.goal_progress.

    `current` is rounded as it is served, `current_value` as the CRM stores it. `version` is that of
    the CRM's row, another one after every write. `elapsed_days` are the complete days of the
    period. `achieved_at` and `closed_at` are what the CRM is to store: null while the goal is not
    achieved, or its period not over.
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
    build: MartsBuild,
    noticed_at: datetime,
) -> list[MeasuredGoal]:
    """Returns the goals with their progress over [period_start, min(as_of, period_end)].

    `noticed_at` is the instant given to an end of a period, and to an achievement at that end.
    """
    dates = {"as_of": build.as_of, "through": build.through}
    facts = _facts(warehouse, {_span(goal) for goal, _ in goals}, dates)
    achieved = _achieved(warehouse, {target_of(goal) for goal, _ in goals}, dates)
    return [
        _measured(
            goal,
            update_goal_progress(
                with_achievement(goal, achieved.get(target_of(goal))),
                facts[_span(goal)],
                build.as_of,
                calendar_days(goal, build.as_of, build.through),
            ),
            row,
            noticed_at,
        )
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
    warehouse: psycopg.Connection[Any], spans: Iterable[Span], dates: Mapping[str, date]
) -> dict[Span, PeriodFacts]:
    periods = list(spans)
    rows = warehouse.execute(
        FACTS,
        {
            "agent_ids": [agent for agent, _, _ in periods],
            "period_starts": [start for _, start, _ in periods],
            "period_ends": [end for _, _, end in periods],
            **dates,
        },
    )
    return {
        (agent, start, end): PeriodFacts(
            GoalFacts(*sums[: len(FACT_TYPES)]), GoalFacts(*sums[len(FACT_TYPES) :])
        )
        for agent, start, end, *sums in rows
    }


def _achieved(
    warehouse: psycopg.Connection[Any], targets: Iterable[Target], dates: Mapping[str, date]
) -> dict[Target, datetime]:
    rows = warehouse.execute(ACHIEVED, {**achieved_parameters(targets), **dates})
    return {Target(*target): achieved_at for *target, achieved_at in rows}


def _measured(stored: Goal, progress: GoalProgress, row: Row, noticed_at: datetime) -> MeasuredGoal:
    goal, current, rounded_progress = progress.goal, progress.current, served(progress)
    value = None if current is None else rounded(current, CURRENT_VALUE_DECIMALS)
    (after,) = check_goal_achievements([progress], [stored], noticed_at).updated
    return MeasuredGoal(
        agent_id=goal.agent_id,
        goal_id=goal.goal_id,
        goal_type=goal.goal_type,
        period=goal.period,
        period_start=goal.period_start,
        period_end=goal.period_end,
        target=goal.target,
        as_of=progress.as_of,
        elapsed_days=progress.days.complete,
        status=progress.status,
        current=rounded_progress.current,
        needed_per_day=rounded_progress.needed_per_day,
        version=row["version"],
        is_outdated=(
            after.closed_at is not None
            or after.achieved_at != stored.achieved_at
            or value != row["current_value"]
        ),
        current_value=value,
        achieved_at=after.achieved_at,
        closed_at=after.closed_at,
        description=(
            f"{goal.period.capitalize()} {goal.definition.label}:"
            f" {rounded_progress.current}, target {goal.target.normalize():f}"
        ),
    )
