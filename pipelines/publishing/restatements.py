"""Published numbers of closed days that change afterwards, recorded with their old values."""

from datetime import date

import psycopg
from psycopg import sql

from warehouse.statements import statement


def find_restatements(
    connection: psycopg.Connection, closed_before: date, scope: sql.Composable
) -> None:
    """Compares serving with the marts, before they are published, in the caller's transaction.

    A day is closed once it was over when it was published: before the served as-of date.
    """
    connection.execute(
        statement(
            "pipelines/publishing/sql/restated.sql",
            closed_before=sql.Literal(closed_before),
            scope=scope,
        )
    )


def store_restatements(connection: psycopg.Connection, build_id: int, *, is_redefined: bool) -> int:
    """Keeps what `find_restatements` found, with the build that changed it; returns how many."""
    return connection.execute(
        "insert into serving.restatements"
        " (agent_id, build_id, date, measure, old_value, new_value, cause)"
        " select agent_id, %s, date, measure, old_value, new_value, %s from restated",
        [build_id, "definition" if is_redefined else "source"],
    ).rowcount
