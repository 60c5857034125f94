"""What is served, how fresh it is, and how many rows each station holds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from pipelines.reach import reached
from pipelines.statements import statement
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

ACTIVITIES = "agent_activity_log"


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


@dataclass(frozen=True)
class Status:
    """`rows` by station and table; `build` None before the first refresh."""

    build: Build | None
    rows: dict[str, dict[str, int]]
    lake_files: int
    lake_bytes: int

    @property
    def drift(self) -> dict[str, int]:
        """Rows that the source has more than raw, by table."""
        raw = self.rows.get("raw", {})
        return {table: n - raw.get(table, 0) for table, n in self.rows["operational"].items()}


def read_status(databases: Databases, mapping: LeadsMapping, lake: Path) -> Status:
    """Counts every table; Refusal where a database cannot be reached."""
    files = list(lake.rglob("*.parquet"))
    with (
        reached(databases.operational, "operational") as operational,
        reached(databases.warehouse, "warehouse") as warehouse,
    ):
        sources = {"leads": mapping.identifier, ACTIVITIES: sql.Identifier(ACTIVITIES)}
        rows = {
            "operational": {
                name: _count(operational, table)
                for name, table in sources.items()
                if _exists(operational, table)
            }
        }
        for station, table in warehouse.execute(statement("status_tables")).fetchall():
            rows.setdefault(station, {})[table] = _count(warehouse, sql.Identifier(station, table))
        build = served_build(warehouse)
    return Status(build, rows, len(files), sum(file.stat().st_size for file in files))


def served_build(warehouse: psycopg.Connection) -> Build | None:
    """The build that agents see, None where nothing was ever published."""
    if not _exists(warehouse, sql.Identifier("serving", "refreshes")):
        return None
    with warehouse.cursor(row_factory=class_row(Build)) as cursor:
        return cursor.execute(statement("status_build")).fetchone()


def is_migrated(warehouse: psycopg.Connection) -> bool:
    """Whether a refresh finds the tables that it needs."""
    return _exists(warehouse, sql.Identifier("serving", "refreshes"))


def _exists(connection: psycopg.Connection, table: sql.Identifier) -> bool:
    found = connection.execute(
        "select to_regclass(%s) is not null", [table.as_string(connection)]
    ).fetchone()
    return found == (True,)


def _count(connection: psycopg.Connection, table: sql.Identifier) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(table)).fetchone()
    assert row is not None
    return int(row[0])
