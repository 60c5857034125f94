"""Build state: which build the marts hold, and whether they need a full rebuild from raw."""

from datetime import date, datetime
from typing import NamedTuple

import psycopg
from psycopg.rows import class_row


class MartsBuild(NamedTuple):
    """Build that the marts hold; `built_at` identifies it.

    `is_wholly_changed`: since the last publish, agents without changed agent-days changed too.
    """

    as_of: date
    through: date
    built_at: datetime
    is_wholly_changed: bool


def checked_marts(connection: psycopg.Connection) -> MartsBuild | None:
    """Returns the build of the marts; None if a blocking check of it has not passed."""
    with connection.cursor(row_factory=class_row(MartsBuild)) as cursor:
        return cursor.execute(
            "select as_of, coalesce(through, as_of) as through, built_at, is_wholly_changed"
            " from state.build_state where is_checked"
        ).fetchone()


def needs_full_rebuild(connection: psycopg.Connection) -> bool:
    """Whether the next build computes everything from raw; False before the first build."""
    row = connection.execute("select needs_full_rebuild from state.build_state").fetchone()
    return row == (True,)


def invalidate_marts(connection: psycopg.Connection) -> None:
    """Makes the next build compute everything from raw. Nothing is published until then."""
    connection.execute("update state.build_state set needs_full_rebuild = true, is_checked = false")
