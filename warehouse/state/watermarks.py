"""Watermarks of the source tables: the time of change from which the next read starts."""

from datetime import datetime

import psycopg


def stored_watermark(connection: psycopg.Connection, table: str) -> datetime | None:
    """Returns the watermark that the last load of `table` stored; None before the first load."""
    row = connection.execute(
        "select watermark from state.source_watermarks where table_name = %s", [table]
    ).fetchone()
    return row[0] if row else None


def lower_watermark(connection: psycopg.Connection, table: str, instant: datetime) -> None:
    """Makes the next read of `table` start at `instant` or before."""
    connection.execute(
        "update state.source_watermarks set watermark = %(instant)s"
        " where table_name = %(table)s and watermark > %(instant)s",
        {"table": table, "instant": instant},
    )
