"""Reconciliation: compares raw with the source by day, and removes deleted rows from the lake."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
from psycopg import sql

from crm.sources.change_queries import ACTIVITIES, LEADS, ChangeWindow, changed_day, changed_rows
from crm.sources.mapping import LeadsMapping
from pipelines.postgres.database_errors import RefusedError, failure
from pipelines.postgres.duckdb_postgres import AttachedPostgres
from warehouse.statements import statement

MAGIC = b"PAR1"
CHECK = "source_agrees_with_raw"
DAYS_SHOWN = 20
IDS = {LEADS: "lead_id", ACTIVITIES: "activity_id"}


@dataclass(frozen=True)
class DriftedDay:
    """A day of change on which source and raw had different rows."""

    day: str
    source_rows: int
    raw_rows: int


def drifted_days(
    source: AttachedPostgres,
    raw: AttachedPostgres,
    table: str,
    mapping: LeadsMapping,
    time_zone: str,
) -> list[DriftedDay]:
    """Compares counts and checksums per day over the columns that an extract copies.

    Each server aggregates its own rows and returns one row per day.
    """
    rows = changed_rows(table, mapping, ChangeWindow(None, None), time_zone)
    columns = map(sql.Identifier, source.query(rows).columns)
    held = sql.SQL("select {} from {}").format(
        sql.SQL(", ").join(columns), sql.Identifier("raw", table)
    )
    day = changed_day("hashed", time_zone)
    sums = {
        source: statement("pipelines/ingestion/sql/day_checksums.sql", day=day, rows=rows),
        raw: statement("pipelines/ingestion/sql/day_checksums.sql", day=day, rows=held),
    }
    comparison = statement(
        "pipelines/ingestion/sql/drifted_days.sql",
        source=sql.SQL(source.scan(sums[source])),
        raw=sql.SQL(raw.scan(sums[raw])),
    )
    try:
        rows_by_day = source.connection.execute(comparison.as_string()).fetchall()
    except duckdb.Error as error:
        errors = [failure(error, side.url, side.name, query, table) for side, query in sums.items()]
        raise next((e for e in errors if isinstance(e, RefusedError)), errors[0]) from None
    return [DriftedDay(*row) for row in rows_by_day]


def remove_deleted_from_lake(raw: AttachedPostgres, table: str, lake: Path) -> int:
    """Removes rows that raw does not have from the lake; returns the number of files changed.

    Needs the locks of both tables, and raw read completely. Also removes what killed runs left.
    """
    staging = lake / table / ".incoming"
    shutil.rmtree(staging, ignore_errors=True)
    files = [file for file in (lake / table).glob("changed_on=*/*.parquet") if _is_whole(file)]
    if not files:
        return 0
    # Let DuckDB read files with a thread per processor.
    raw.connection.execute("reset threads")
    identifier = sql.Identifier(IDS[table])
    held = sql.SQL("select {} from {}").format(identifier, sql.Identifier("raw", table))
    gone = statement(
        "pipelines/ingestion/sql/gone_rows.sql",
        files=sql.SQL("[{}]").format(sql.SQL(", ").join(map(sql.Literal, map(str, files)))),
        raw=sql.SQL(raw.scan(held)),
        id=identifier,
    )
    raw.connection.execute(gone.as_string())
    files_to_rewrite = raw.connection.execute("select distinct filename from gone").fetchall()
    staging.mkdir(exist_ok=True)
    for (file,) in files_to_rewrite:
        _rewrite(raw, Path(file), staging / "remaining.parquet", identifier)
    return len(files_to_rewrite)


def _rewrite(raw: AttachedPostgres, file: Path, staging: Path, identifier: sql.Identifier) -> None:
    """Rewrites a lake file without the deleted rows; removes it if no row remains."""
    copy_remaining = statement(
        "pipelines/ingestion/sql/remaining_rows.sql",
        lake_file=sql.Literal(str(file)),
        target_file=sql.Literal(str(staging)),
        id=identifier,
    )
    [(rows,)] = raw.connection.execute(copy_remaining.as_string()).fetchall()
    times = file.stat()
    if rows:
        # Keep the file's age, by which `prune` removes it.
        os.utime(staging, ns=(times.st_atime_ns, times.st_mtime_ns))
        staging.replace(file)
    else:
        file.unlink()


def _is_whole(file: Path) -> bool:
    """Whether a lake file is complete Parquet; removes one that a crash cut off."""
    with file.open("rb") as stream:
        is_whole = file.stat().st_size > 2 * len(MAGIC)
        if is_whole:
            stream.seek(-len(MAGIC), os.SEEK_END)
            is_whole = stream.read() == MAGIC
    if not is_whole:
        file.unlink()
    return is_whole


def check_spec(table: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        CHECK,
        asset=dg.AssetKey(["raw", table]),
        description="Before this run, raw had the same rows as the CRM on every day of change.",
    )


def check_result(table: str, drift: list[DriftedDay]) -> dg.AssetCheckResult:
    """Returns the check result: drift only warns, as the run has read those days again."""
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(["raw", table]),
        check_name=CHECK,
        passed=not drift,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "days": len(drift),
            "source_rows": sum(day.source_rows for day in drift),
            "raw_rows": sum(day.raw_rows for day in drift),
            "first_days": dg.MetadataValue.json([vars(day) for day in drift[:DAYS_SHOWN]]),
        },
    )
