"""Finds the days on which raw is not what the source says, and rows that the lake has to forget."""

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
DAYS_TOLD = 20
IDS = {LEADS: "lead_id", ACTIVITIES: "activity_id"}


@dataclass(frozen=True)
class DriftedDay:
    """A day of change on which source and raw did not hold the same rows."""

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

    Each server reads its own rows; one row per day travels.
    """
    rows = changed_rows(table, mapping, ChangeWindow(None, None))
    columns = map(sql.Identifier, source.query(rows).columns)
    held = sql.SQL("select {} from {}").format(
        sql.SQL(", ").join(columns), sql.Identifier("raw", table)
    )
    day = changed_day("found", time_zone)
    sums = {
        source: statement("pipelines/ingestion/sql/day_checksums.sql", day=day, rows=rows),
        raw: statement("pipelines/ingestion/sql/day_checksums.sql", day=day, rows=held),
    }
    compared = statement(
        "pipelines/ingestion/sql/drifted_days.sql",
        source=sql.SQL(source.scan(sums[source])),
        raw=sql.SQL(raw.scan(sums[raw])),
    )
    try:
        found = source.connection.execute(compared.as_string()).fetchall()
    except duckdb.Error as error:
        told = [failure(error, side.url, side.name, query, table) for side, query in sums.items()]
        raise next((each for each in told if isinstance(each, RefusedError)), told[0]) from None
    return [DriftedDay(*row) for row in found]


def remove_deleted_from_lake(raw: AttachedPostgres, table: str, lake: Path) -> int:
    """Takes the rows that raw does not hold out of the lake's files; returns of how many files.

    Needs the locks of both tables, and raw read whole. What killed runs have left goes as well.
    """
    aside = lake / table / ".incoming"
    shutil.rmtree(aside, ignore_errors=True)
    files = [file for file in (lake / table).glob("changed_on=*/*.parquet") if _is_whole(file)]
    if not files:
        return 0
    # Files are read by as many threads as there are processors.
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
    found = raw.connection.execute("select distinct filename from gone").fetchall()
    aside.mkdir(exist_ok=True)
    for (file,) in found:
        _rewrite(raw, Path(file), aside / "remembered.parquet", identifier)
    return len(found)


def _rewrite(raw: AttachedPostgres, file: Path, aside: Path, identifier: sql.Identifier) -> None:
    """Without the rows that are gone; a file of no others is removed."""
    remembered = statement(
        "pipelines/ingestion/sql/remembered_rows.sql",
        lake_file=sql.Literal(str(file)),
        aside=sql.Literal(str(aside)),
        id=identifier,
    )
    [(rows,)] = raw.connection.execute(remembered.as_string()).fetchall()
    times = file.stat()
    if rows:
        # It keeps its age: a rewritten file does not stay in the lake for longer.
        os.utime(aside, ns=(times.st_atime_ns, times.st_mtime_ns))
        aside.replace(file)
    else:
        file.unlink()


def _is_whole(file: Path) -> bool:
    """Whether a lake file ends as Parquet does; one torn by a crash is removed."""
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
        description="Raw held the same rows as the CRM on every day of change, before this run.",
    )


def check_result(table: str, drift: list[DriftedDay]) -> dg.AssetCheckResult:
    """Drift warns and blocks nothing: the days have been read again."""
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(["raw", table]),
        check_name=CHECK,
        passed=not drift,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "days": len(drift),
            "source_rows": sum(day.source_rows for day in drift),
            "raw_rows": sum(day.raw_rows for day in drift),
            "first_days": dg.MetadataValue.json([vars(day) for day in drift[:DAYS_TOLD]]),
        },
    )
