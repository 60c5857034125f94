"""Write-back of goal progress, achievements and ends of periods to the CRM, where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from pipelines.goal_tracking.crm_session import short_transaction
from pipelines.goal_tracking.measurement import MeasuredGoal
from warehouse.statements import statement

BATCH_ROWS = 200


@dataclass(frozen=True)
class WriteBackResult:
    """Number of goals written, newly achieved, newly closed, and `left` to the next run."""

    changed: int
    achieved: int
    closed: int
    left: int


def write_back(crm: psycopg.Connection[Any], measured: Sequence[MeasuredGoal]) -> WriteBackResult:
    """Writes outdated goals, a batch per transaction; `crm` is an autocommit session.

    A written batch stays if a later one fails. Skips goals that changed since they were measured,
    or that are locked.
    """
    outdated = [goal for goal in measured if goal.is_outdated]
    written: list[tuple[bool, bool]] = []
    for start in range(0, len(outdated), BATCH_ROWS):
        written += _write(crm, outdated[start : start + BATCH_ROWS])
    return WriteBackResult(
        changed=len(written),
        achieved=sum(is_achieved for is_achieved, _ in written),
        closed=sum(is_closed for _, is_closed in written),
        left=len(outdated) - len(written),
    )


def _write(crm: psycopg.Connection[Any], goals: Sequence[MeasuredGoal]) -> list[tuple[bool, bool]]:
    with short_transaction(crm):
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
        ).fetchall()
    return [(is_achieved, is_closed) for is_achieved, is_closed, _ in rows]
