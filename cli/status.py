"""Status of a deployment: the served build, its age, and rows per table."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from crm.check.trigger_rule import OUTDATED, is_trigger_outdated
from crm.sources.mapping import LeadsMapping
from warehouse.connect import connect_or_fail
from warehouse.databases import Databases
from warehouse.served_build import Build, served_build, table_exists
from warehouse.statements import statement

ACTIVITIES = "agent_activity_log"
TABLES = statement("warehouse/sql/tables_by_schema.sql")


@dataclass(frozen=True)
class Status:
    """`rows` by layer (`operational`, schemas of the warehouse) and table.

    `build` None before the first refresh.

    `is_trigger_outdated`: the trigger on leads counts other dispositions as converted.
    """

    build: Build | None
    rows: dict[str, dict[str, int]]
    lake_files: int
    lake_bytes: int
    is_trigger_outdated: bool

    @property
    def drift(self) -> dict[str, int]:
        """Returns the rows that the source has more than raw, by table."""
        raw = self.rows.get("raw", {})
        return {table: n - raw.get(table, 0) for table, n in self.rows["operational"].items()}


def read_status(databases: Databases, mapping: LeadsMapping, lake: Path) -> Status:
    """Counts the rows of every table. Raises UserError if a database cannot be reached."""
    files = list(lake.rglob("*.parquet"))
    with (
        connect_or_fail(databases.operational, "operational") as operational,
        connect_or_fail(databases.warehouse, "warehouse") as warehouse,
    ):
        sources = {"leads": mapping.identifier, ACTIVITIES: sql.Identifier("public", ACTIVITIES)}
        rows = {
            "operational": {
                name: _count(operational, table)
                for name, table in sources.items()
                if table_exists(operational, table)
            }
        }
        is_outdated = is_trigger_outdated(operational, mapping)
        rows |= warehouse_rows(warehouse)
        build = served_build(warehouse)
    lake_bytes = sum(file.stat().st_size for file in files)
    return Status(build, rows, len(files), lake_bytes, is_outdated)


def warehouse_rows(warehouse: psycopg.Connection) -> dict[str, dict[str, int]]:
    """Rows of every table of the warehouse, by schema in the order in which data move."""
    rows: dict[str, dict[str, int]] = {}
    for schema, table in warehouse.execute(TABLES).fetchall():
        rows.setdefault(schema, {})[table] = _count(warehouse, sql.Identifier(schema, table))
    return rows


def served_rows(warehouse: psycopg.Connection) -> int:
    """Returns the number of served rows of agents."""
    return sum(
        _count(warehouse, sql.Identifier(schema, table))
        for schema, table in warehouse.execute(TABLES).fetchall()
        if schema == "serving" and table.startswith("agent_")
    )


def as_document(status: Status, settings: Settings) -> dict[str, Any]:
    """Returns the status for programs; `build` is null before the first refresh."""
    build = status.build
    return {
        "build": build
        and {
            "buildId": build.build_id,
            "builtAt": build.built_at.isoformat(),
            "asOf": build.as_of.isoformat(),
            "dataThrough": build.data_through and build.data_through.isoformat(),
            "refreshedAt": build.refreshed_at.isoformat(),
            "stale": build.is_stale(settings.analytics_stale_after),
            "currency": build.currency,
        },
        "rows": status.rows,
        "lake": {"files": status.lake_files, "bytes": status.lake_bytes},
        "drift": status.drift,
        "triggerOutdated": status.is_trigger_outdated,
    }


def print_status(document: dict[str, Any]) -> None:
    """Prints the status as tables."""
    console = Console(highlight=False)
    if document["build"] is None:
        console.print("no build yet: run `agent-analytics refresh`")
    for name, value in (document["build"] or {}).items():
        console.print(f"{name:12} {value}")
    table = Table("Layer", "Table")
    table.add_column("Rows", justify="right")
    for schema, tables in document["rows"].items():
        for name, count in tables.items():
            table.add_row(schema, name, f"{count:,}")
        if schema == "operational":
            files, size = document["lake"]["files"], document["lake"]["bytes"]
            table.add_row("lake", f"{files:,} files", f"{size / 1e6:,.1f} MB")
    console.print(table)
    for name, count in document["drift"].items():
        console.print(f"drift of {name}: {count:+,} rows in the source against raw")
    if document["triggerOutdated"]:
        console.print(OUTDATED)


def _count(connection: psycopg.Connection, table: sql.Identifier) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(table)).fetchone()
    assert row is not None
    return int(row[0])
