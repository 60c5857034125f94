"""Changes of the operational database since a position, as events, and the position after them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from psycopg.rows import DictRow

from api.activities.activity_types import WORDS
from api.activities.schemas import EARLIEST, LATEST, activity
from api.activities.shown_activities import shown_activities
from api.activities.stream.resume_token import Place, Position, Snapshot
from api.auth.signed_tokens import TokenSigner
from api.db.statements import Statement
from api.http.json import as_json
from api.http.schemas import Model

QUERIES = Path(__file__).parent / "queries"
SNAPSHOT = Statement(QUERIES / "snapshot.sql", is_about_an_agent=False)
ACTIVITIES = shown_activities(QUERIES / "changed_activities.sql")
GOALS = Statement(QUERIES / "changed_goals.sql")
STATEMENTS = (SNAPSHOT, ACTIVITIES, GOALS)

# Rows of a restored database carry the other server's transaction ids, which say nothing here.
# Rows older than any transaction are therefore never taken for changes.
MAX_TRANSACTION_AGE = timedelta(days=1)
BEFORE_ALL, AFTER_ALL = "-infinity", "infinity"


class GoalChange(Model):
    """A goal that was created, changed or achieved; its numbers are read from /agent/goals."""

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


class Changes(NamedTuple):
    changes: list[Change]
    position: Position


def parameters_from(position: Position, agents: Iterable[str], at_most: int) -> dict[str, object]:
    """Parameters of the statements that read on from a position."""
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
        "earliest": position.taken_at - MAX_TRANSACTION_AGE,
        "activities_after": activities_after,
        "goals_after": goals_after,
        "after_id": last.id if last else 0,
        "words": WORDS["all"],
        "earliest_shown": EARLIEST,
        "latest_shown": LATEST,
        "at_most": at_most,
    }


def changes_of(
    position: Position, rows: Mapping[str, list[DictRow]], at_most: int, signer: TokenSigner
) -> Changes:
    """The rows of the statements as changes, and the position to read on from.

    With `at_most` rows there may be more: the position then stays within this snapshot, so that
    the rest is read from the same one.
    """
    snapshot, taken_at = snapshot_of(rows)
    within = position._replace(until=position.until or snapshot)
    changes = [_activity_change(row, within, signer) for row in rows[ACTIVITIES.name]]
    if len(changes) < at_most:
        changes += [_goal_change(row, within) for row in rows[GOALS.name]]
    if len(changes) >= at_most:
        return Changes(changes, changes[-1].position)
    return Changes(changes, Position(within.newest, taken_at))


def snapshot_of(rows: Mapping[str, list[DictRow]]) -> tuple[Snapshot, datetime]:
    [row] = rows[SNAPSHOT.name]
    return Snapshot.parse(row["snapshot"]), row["taken_at"]


def _activity_change(row: DictRow, position: Position, signer: TokenSigner) -> Change:
    data = as_json(activity(row, signer).model_dump(by_alias=True))
    return Change(row["agent_id"], "activity", data, _after(row, position, is_goal=False))


def _goal_change(row: DictRow, position: Position) -> Change:
    data = as_json(GoalChange.model_validate(row).model_dump(by_alias=True))
    return Change(row["agent_id"], "goal", data, _after(row, position, is_goal=True))


def _after(row: DictRow, position: Position, *, is_goal: bool) -> Position:
    return position._replace(last=Place(is_goal, row["changed_at"], row["id"]))
