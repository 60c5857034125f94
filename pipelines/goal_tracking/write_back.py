"""Write-back of goal progress, achievements and ends of periods to the CRM, where they differ.

A repeating goal is set again for the current period when its own is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import psycopg

from goals.goal import Period
from goals.period import GoalPeriod, goal_period
from pipelines.goal_tracking.crm_session import short_transaction
from pipelines.goal_tracking.measurement import MeasuredGoal
from warehouse.statements import statement

BATCH_ROWS = 200


@dataclass(frozen=True)
class WriteBackResult:
    """Number of goals written, achieved, closed and set again now, and `left` to the next run."""

    changed: int
    achieved: int
    closed: int
    set_again: int
    left: int


class _Written(NamedTuple):
    goal_id: int
    period: Period
    is_newly_achieved: bool
    is_newly_closed: bool
    repeats: bool


def write_back(
    crm: psycopg.Connection[Any],
    measured: Sequence[MeasuredGoal],
    as_of: date,
    year_starts_in: int = 1,
) -> WriteBackResult:
    """Writes outdated goals, a batch per transaction; `crm` is an autocommit session.

    Repeating goals that close are set again for the period of the as-of date, in the same
    transaction.

    A written batch stays if a later one fails. Skips goals that changed since they were measured,
    or that are locked.
    """
    outdated = [goal for goal in measured if goal.is_outdated]
    written: list[_Written] = []
    set_again = 0
    for start in range(0, len(outdated), BATCH_ROWS):
        with short_transaction(crm):
            batch = _write(crm, outdated[start : start + BATCH_ROWS])
            set_again += _set_again(
                crm,
                {
                    goal.goal_id: goal_period(goal.period, as_of, year_starts_in)
                    for goal in batch
                    if goal.repeats and goal.is_newly_closed
                },
            )
        written += batch
    return WriteBackResult(
        changed=len(written),
        achieved=sum(goal.is_newly_achieved for goal in written),
        closed=sum(goal.is_newly_closed for goal in written),
        set_again=set_again,
        left=len(outdated) - len(written),
    )


def _write(crm: psycopg.Connection[Any], goals: Sequence[MeasuredGoal]) -> list[_Written]:
    rows = crm.execute(
        statement("pipelines/goal_tracking/sql/write_back_goals.sql"),
        {
            "goal_ids": [goal.goal_id for goal in goals],
            "versions": [goal.version for goal in goals],
            "current_values": [goal.current_value for goal in goals],
            "achieved_ats": [goal.achieved_at for goal in goals],
            "closed_ats": [goal.closed_at for goal in goals],
            "descriptions": [goal.description for goal in goals],
        },
    )
    return [_Written(*columns) for *columns, _ in rows]


def _set_again(crm: psycopg.Connection[Any], periods: Mapping[int, GoalPeriod]) -> int:
    """`periods` are the new ones by the id of the closed goal."""
    if not periods:
        return 0
    return crm.execute(
        statement("pipelines/goal_tracking/sql/set_goals_again.sql"),
        {
            "goal_ids": list(periods),
            "period_starts": [period.start for period in periods.values()],
            "period_ends": [period.end for period in periods.values()],
        },
    ).rowcount
