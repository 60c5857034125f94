"""Watermark of the source: the instant from which the next read starts."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.postgres.database_errors import RefusedError
from pipelines.postgres.duckdb_postgres import AttachedPostgres
from warehouse.statements import statement


@dataclass(frozen=True)
class Watermark:
    """Start of the next read of the source, taken before a snapshot."""

    instant: datetime
    has_prepared: bool


def read_watermark(source: AttachedPostgres) -> Watermark:
    """Returns the current watermark of the source; call it before the snapshot opens.

    Raises RefusedError if the role lacks pg_read_all_stats.
    """
    row = source.query(statement("pipelines/ingestion/sql/watermark.sql")).fetchone()
    assert row is not None
    instant, has_prepared, sees_transactions = row
    if not sees_transactions:
        raise RefusedError(
            "operational database: the role may not see other sessions' transactions, without "
            "which rows committed late would be lost: grant it pg_read_all_stats"
        )
    return Watermark(instant, has_prepared)
