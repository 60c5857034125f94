"""What Dagster plots of a table over its runs: bytes, rows, and how far its data reach."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import psycopg

from warehouse.statements import statement

Metadata = Mapping[str, Any]
DATA_THROUGH = "select max(data_through) from state.source_watermarks"


def sizes(
    warehouse: psycopg.Connection, station: str, only: str | None = None
) -> dict[str, Metadata]:
    """By table of a station; the rows are Postgres's own estimate, left out where it has none."""
    found = warehouse.execute(
        statement("pipelines/dagster_support/sql/table_sizes.sql"),
        {"station": station, "table_name": only},
    ).fetchall()
    return {
        table: {"bytes": size, **({"estimated_rows": rows} if rows >= 0 else {})}
        for table, size, rows in found
    }


def reach(warehouse: psycopg.Connection) -> Metadata:
    """The newest source change that raw holds, and how long ago that was."""
    row = warehouse.execute(DATA_THROUGH).fetchone()
    if row is None or row[0] is None:
        return {}
    age = datetime.now(UTC) - row[0]
    return {
        "data_through": dg.MetadataValue.timestamp(row[0]),
        "data_age_seconds": age.total_seconds(),
    }
