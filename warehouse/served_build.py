"""The served build and its age."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.statements import statement


@dataclass(frozen=True)
class Build:
    """The served build; `refreshed_at` is the end of the last successful refresh."""

    build_id: int
    built_at: datetime
    as_of: date
    data_through: datetime | None
    refreshed_at: datetime

    def is_stale(self, after: timedelta) -> bool:
        return datetime.now(UTC) - self.refreshed_at > after


def served_build(warehouse: psycopg.Connection) -> Build | None:
    """Return the served build, None before the first publish."""
    if not table_exists(warehouse, sql.Identifier("serving", "refreshes")):
        return None
    with warehouse.cursor(row_factory=class_row(Build)) as cursor:
        return cursor.execute(statement("warehouse/sql/served_build.sql")).fetchone()


def is_migrated(warehouse: psycopg.Connection) -> bool:
    """Return whether the warehouse has the tables of this version's migration."""
    tables = (("state", "build_state"), ("serving", "refreshes"))
    return all(table_exists(warehouse, sql.Identifier(*table)) for table in tables)


def table_exists(connection: psycopg.Connection, table: sql.Identifier) -> bool:
    row = connection.execute(
        "select to_regclass(%s) is not null", [table.as_string(connection)]
    ).fetchone()
    return row == (True,)
