"""What became visible in the operational database since a position, and the position after it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg.rows import DictRow

from api.media import as_json
from api.models import Model
from api.statements import Statement
from api.stream.position import Place, Position, Snapshot
from api.timeline.activity import EARLIEST, LATEST, activity
from api.timeline.kinds import WORDS

SNAPSHOT = Statement("snapshot", is_about_an_agent=False)
ACTIVITIES = Statement("changed_activities")
GOALS = Statement("changed_goals")
STATEMENTS = (SNAPSHOT, ACTIVITIES, GOALS)

# Restored rows carry the numbers of another server's transactions: those are told by their age.
LONGEST_TRANSACTION = timedelta(days=1)
BEFORE_ALL, AFTER_ALL = "-infinity", "infinity"


class GoalChange(Model):
    """A goal that was made, changed or achieved: a reason to read the goals anew."""

    id: int
    period: str
    goal_type: str
    is_achieved: bool


class Change(NamedTuple):
    """A row that became visible, as an event for its agent, and the position after it."""

    agent: str
    name: str
    data: bytes
    position: Position


class Reading(NamedTuple):
    changes: list[Change]
    position: Position


def bound(position: Position, agents: Iterable[str], at_most: int) -> dict[str, object]:
    """What the statements are bound to, to read on from the position."""
    activities_after: datetime | str = BEFORE_ALL
    goals_after: datetime | str = BEFORE_ALL
    if last := position.last:
        activities_after = AFTER_ALL if last.is_goal else last.changed_at
        goals_after = last.changed_at if last.is_goal else BEFORE_ALL
    return {
        "agent_ids": list(agents),
        "since": str(position.since.next_id),
        "since_open": [str(each) for each in position.since.open],
        "until": position.until and str(position.until.next_id),
        "until_open": [str(each) for each in position.until.open] if position.until else [],
        "earliest": position.taken_at - LONGEST_TRANSACTION,
        "activities_after": activities_after,
        "goals_after": goals_after,
        "after_id": last.id if last else 0,
        "words": WORDS["all"],
        "earliest_shown": EARLIEST,
        "latest_shown": LATEST,
        "at_most": at_most,
    }


def reading(position: Position, rows: Mapping[str, list[DictRow]], at_most: int) -> Reading:
    """What the statements found, and where to read on.

    Where more may be there than was asked for, the position stays within the snapshot
    that the rest is to be read of.
    """
    snapshot, taken_at = snapshot_of(rows)
    within = position._replace(until=position.until or snapshot)
    changes = [_activity_change(row, within) for row in rows[ACTIVITIES.name]]
    if len(changes) < at_most:
        changes += [_goal_change(row, within) for row in rows[GOALS.name]]
    if len(changes) >= at_most:
        return Reading(changes, changes[-1].position)
    return Reading(changes, Position(within.newest, taken_at))


def snapshot_of(rows: Mapping[str, list[DictRow]]) -> tuple[Snapshot, datetime]:
    [row] = rows[SNAPSHOT.name]
    return Snapshot.parse(row["snapshot"]), row["taken_at"]


def _activity_change(row: DictRow, position: Position) -> Change:
    data = as_json(activity(row).model_dump(by_alias=True))
    return Change(row["agent_id"], "activity", data, _after(row, position, is_goal=False))


def _goal_change(row: DictRow, position: Position) -> Change:
    data = as_json(GoalChange.model_validate(row).model_dump(by_alias=True))
    return Change(row["agent_id"], "goal", data, _after(row, position, is_goal=True))


def _after(row: DictRow, position: Position, *, is_goal: bool) -> Position:
    return position._replace(last=Place(is_goal, row["changed_at"], row["id"]))
