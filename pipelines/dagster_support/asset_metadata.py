"""Materialization metadata that Dagster plots per run: size, rows and data age of a table."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import psycopg

from warehouse.statements import statement

Metadata = Mapping[str, Any]
DATA_THROUGH = "select max(data_through) from state.source_watermarks"


def table_sizes(
    warehouse: psycopg.Connection, schema: str, only: str | None = None
) -> dict[str, Metadata]:
    """Bytes and Postgres's row estimate, if it has one, by table of a schema."""
    sizes = warehouse.execute(
        statement("pipelines/dagster_support/sql/table_sizes.sql"),
        {"schema": schema, "table_name": only},
    ).fetchall()
    return {
        table: {"bytes": size, **({"estimated_rows": rows} if rows >= 0 else {})}
        for table, size, rows in sizes
    }


def data_age(warehouse: psycopg.Connection) -> Metadata:
    """Instant and age of the newest source change in raw."""
    row = warehouse.execute(DATA_THROUGH).fetchone()
    if row is None or row[0] is None:
        return {}
    age = datetime.now(UTC) - row[0]
    return {
        "data_through": dg.MetadataValue.timestamp(row[0]),
        "data_age_seconds": age.total_seconds(),
    }
