"""Extract and load, each compared with Postgres's own COPY of the same rows."""

import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.harness.deployment import Deployment, copied_bytes
from benchmarks.harness.figures import Figure
from benchmarks.harness.interleaved import paired, seconds
from benchmarks.harness.sizes import Size
from crm.sources.change_queries import SOURCE_TABLES, ChangeWindow, changed_rows
from crm.sources.mapping import LeadsMapping
from pipelines.ingestion.copy_encoder import binary_rows
from pipelines.ingestion.extract import Extract, extract, reading, snapshot
from pipelines.ingestion.load import LoadPlan, load
from pipelines.postgres.duckdb_postgres import attached, duckdb_session
from pipelines.postgres.table_sync import table_columns

EVERYTHING = ChangeWindow(None, None)
CHUNK_BYTES = 1 << 20
PLAN = LoadPlan("benchmark", "UTC", whole_days=None, days=None, watermark=None)


def measure(deployment: Deployment, size: Size) -> list[Figure]:
    """Leaves the lake filled and raw loaded, and nothing built from it."""
    files = _Lake(deployment)
    extracted = paired(
        "extract, source to lake",
        size,
        files.extract,
        "COPY of the same columns, binary, to nothing",
        files.copy,
        at_most=1.0,
    )
    loaded = paired(
        "load, lake to raw, the first time",
        size,
        lambda: seconds(lambda: load_first(deployment, files.extracts)),
        "COPY FROM of the same rows, binary, into a bare unlogged table",
        lambda: copy_bare(deployment, files.extracts),
        at_most=2.5,
    )
    return [extracted, loaded]


class _Lake:
    """What was extracted last; each extract replaces it."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.extracts: dict[str, Extract] = {}

    def extract(self) -> float:
        lake = self.deployment.home / "lake"
        shutil.rmtree(lake, ignore_errors=True)

        def run() -> None:
            self.extracts = extract_whole(self.deployment, lake)

        return seconds(run)

    def copy(self) -> float:
        url = self.deployment.databases.operational
        return seconds(
            lambda: [
                copied_bytes(url, changed_rows(table, LeadsMapping(), EVERYTHING, "UTC"))
                for table in SOURCE_TABLES
            ]
        )


def extract_whole(deployment: Deployment, lake: Path) -> dict[str, Extract]:
    """Both tables, as the first refresh does."""
    mapping = LeadsMapping()
    url = deployment.databases.operational
    with attached(url, "operational") as source, snapshot(source) as name:
        tables = {
            table: reading(source, table, mapping, EVERYTHING, "UTC") for table in SOURCE_TABLES
        }
        return extract(source, tables, lake, name, "UTC")


def load_first(deployment: Deployment, extracts: dict[str, Extract]) -> None:
    """Into an empty raw, in one transaction, as the first refresh does."""
    with psycopg.connect(deployment.databases.warehouse) as warehouse:
        warehouse.execute("truncate raw.leads, raw.agent_activity_log")
        files = {table: extracts[table].files for table in SOURCE_TABLES}
        load(warehouse, files, dict.fromkeys(SOURCE_TABLES, PLAN))


def copy_bare(deployment: Deployment, extracts: dict[str, Extract]) -> float:
    """Returns the seconds of COPY alone, from a prepared file in Postgres's binary format."""
    took = 0.0
    rows = deployment.home / "rows.binary"
    with psycopg.connect(deployment.databases.warehouse, autocommit=True) as warehouse:
        for table in SOURCE_TABLES:
            columns = table_columns(warehouse, "raw", table)
            with (
                duckdb_session() as encoder,
                binary_rows(encoder, extracts[table].files, columns) as made,
                rows.open("wb") as file,
            ):
                file.writelines(made)
            warehouse.execute("drop table if exists bare")
            warehouse.execute(
                sql.SQL("create unlogged table bare as select {} from raw.{} limit 0").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
                )
            )

            took += seconds(lambda: _copy_from(rows, warehouse))
        warehouse.execute("drop table bare")
    rows.unlink()
    return took


def _copy_from(file: Path, warehouse: psycopg.Connection) -> None:
    command = "copy bare from stdin (format binary)"
    with file.open("rb") as rows, warehouse.cursor() as cursor, cursor.copy(command) as copying:
        while chunk := rows.read(CHUNK_BYTES):
            copying.write(chunk)
