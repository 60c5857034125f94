"""Restatements: changes of published numbers of closed days, stored with the old values."""

from datetime import date

import psycopg
from psycopg import sql

from warehouse.statements import statement


def find_restatements(
    connection: psycopg.Connection, closed_before: date, scope: sql.Composable
) -> None:
    """Fills the temporary table `restated` from serving and the marts, before a publish.

    Runs in the caller's transaction. Days before `closed_before`, the served as-of date, are
    closed: they were over when they were published.
    """
    connection.execute(
        statement(
            "pipelines/publishing/sql/restated.sql",
            closed_before=sql.Literal(closed_before),
            scope=scope,
        )
    )


def store_restatements(connection: psycopg.Connection, build_id: int, *, is_redefined: bool) -> int:
    """Stores the rows of `find_restatements` with the new build; returns their number."""
    return connection.execute(
        statement("pipelines/publishing/sql/store_restatements.sql"),
        {"build_id": build_id, "cause": "definition" if is_redefined else "source"},
    ).rowcount
