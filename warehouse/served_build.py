"""The build that agents are served now, and how old it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.statements import statement


@dataclass(frozen=True)
class Build:
    """The build that is served, and when a refresh last found it good."""

    build_id: int
    built_at: datetime
    as_of: date
    data_through: datetime | None
    refreshed_at: datetime

    def is_stale(self, after: timedelta) -> bool:
        return datetime.now(UTC) - self.refreshed_at > after


def served_build(warehouse: psycopg.Connection) -> Build | None:
    """The build that agents see, None where nothing was ever published."""
    if not table_exists(warehouse, sql.Identifier("serving", "refreshes")):
        return None
    with warehouse.cursor(row_factory=class_row(Build)) as cursor:
        return cursor.execute(statement("warehouse/sql/served_build.sql")).fetchone()


def is_migrated(warehouse: psycopg.Connection) -> bool:
    """Whether a refresh finds the tables that it needs."""
    return table_exists(warehouse, sql.Identifier("serving", "refreshes"))


def table_exists(connection: psycopg.Connection, table: sql.Identifier) -> bool:
    found = connection.execute(
        "select to_regclass(%s) is not null", [table.as_string(connection)]
    ).fetchone()
    return found == (True,)
