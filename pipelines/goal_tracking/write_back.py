"""Writes progress, achievements and ends of periods back to the CRM's goals, where they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from goals.achievement import check_goal_achievements
from goals.goal import Goal
from goals.progress import GoalProgress
from goals.rounding import rounded, served
from pipelines.goal_tracking.measurement import MeasuredGoal, short_transaction
from pipelines.partitions import day_starts_at, today
from warehouse.statements import statement

BATCH_ROWS = 200
CURRENT_VALUE_DECIMALS = 6


@dataclass(frozen=True)
class WriteBackResult:
    """Goals written, and how many of them were achieved or closed by it; `left` to the next run."""

    changed: int
    achieved: int
    closed: int
    left: int


@dataclass(frozen=True)
class _Change:
    """What a row is to hold; the instants only where it does not hold one yet."""

    goal_id: int
    version: str
    current_value: Decimal | None
    achieved_at: datetime | None
    closed_at: datetime | None
    description: str


def write_back(
    operational: psycopg.Connection[Any], measured: Sequence[MeasuredGoal], noticed_at: datetime
) -> WriteBackResult:
    """Writes the rows that differ, a batch per transaction; `operational` commits by itself.

    What a batch has written stays, whatever becomes of the next one.
    """
    changes = list(_changes(measured, noticed_at))
    written = []
    for start in range(0, len(changes), BATCH_ROWS):
        written += _write(operational, changes[start : start + BATCH_ROWS])
    return WriteBackResult(
        changed=len(written),
        achieved=sum(is_achieved for is_achieved, _ in written),
        closed=sum(is_closed for _, is_closed in written),
        left=len(changes) - len(written),
    )


def noticed_at(as_of: date, time_zone: str) -> datetime:
    """Now, or the last instant of the as-of date once that is over: in a history nothing happens
    after its as-of date."""
    if as_of >= today(time_zone):
        return datetime.now(UTC)
    return day_starts_at(as_of + timedelta(days=1), time_zone) - timedelta(microseconds=1)


def _changes(measured: Sequence[MeasuredGoal], noticed_at: datetime) -> Iterator[_Change]:
    found = check_goal_achievements((one.progress for one in measured), noticed_at)
    kept: dict[int, Goal] = {one.goal_id: one for one in (*found.achieved, *found.closed)}
    for progress, current_value, version in measured:
        current, goal = progress.current, progress.goal
        value = None if current is None else rounded(current, CURRENT_VALUE_DECIMALS)
        after = kept.get(goal.goal_id)
        if after is None and value == current_value:
            continue
        yield _Change(
            goal.goal_id,
            version,
            value,
            after.achieved_at if after and goal.achieved_at is None else None,
            after.closed_at if after else None,
            _description(progress),
        )


def _description(progress: GoalProgress) -> str:
    goal = progress.goal
    return (
        f"{goal.period.capitalize()} {goal.definition.label}:"
        f" {served(progress).current}, target {goal.target.normalize():f}"
    )


def _write(
    operational: psycopg.Connection[Any], changes: Sequence[_Change]
) -> list[tuple[bool, bool]]:
    with short_transaction(operational):
        rows = operational.execute(
            statement("pipelines/goal_tracking/sql/write_back_goals.sql"),
            {
                "goal_ids": [change.goal_id for change in changes],
                "versions": [change.version for change in changes],
                "current_values": [change.current_value for change in changes],
                "achieved_ats": [change.achieved_at for change in changes],
                "closed_ats": [change.closed_at for change in changes],
                "descriptions": [change.description for change in changes],
            },
        ).fetchall()
    return [(is_achieved, is_closed) for is_achieved, is_closed, _ in rows]
