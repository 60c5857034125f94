"""Extract: copies the mapped columns of the operational tables to Parquet files in the lake.

Runs at one snapshot of the source; columns without a mapping are never read.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import duckdb
from psycopg import sql

from crm.sources.change_queries import ChangeWindow, changed_rows, table_identifier
from crm.sources.mapping import LeadsMapping
from pipelines.ingestion.lake import LakeError, move_into_place, staging_folder
from pipelines.postgres.database_errors import failure, reason
from pipelines.postgres.duckdb_postgres import AttachedPostgres, quoted
from warehouse.statements import statement

# Sessions that read a large table at the same time. More would put more load on the CRM.
STREAMS = 2
PAGES_PER_FILE = 4096
WHOLE_TABLE = "whole"


@dataclass(frozen=True)
class Reading:
    """Queries that together give a table's changed rows, or all of them."""

    queries: list[sql.Composed]
    is_whole: bool


@dataclass(frozen=True)
class Extract:
    """One table's changed rows at one snapshot of the source, as files in the lake."""

    files: list[Path]
    rows: int

    def __add__(self, other: "Extract") -> "Extract":
        return Extract(self.files + other.files, self.rows + other.rows)

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)


def reading(
    source: AttachedPostgres,
    table: str,
    mapping: LeadsMapping,
    window: ChangeWindow,
    time_zone: str,
) -> Reading:
    """Returns how to read `changed_rows`: a whole large table by several queries, else by one."""
    if not window.is_whole:
        return Reading([changed_rows(table, mapping, window, time_zone)], is_whole=False)
    name = sql.Literal(table_identifier(table, mapping).as_string())
    row = source.query(
        statement("pipelines/ingestion/sql/shareable_pages.sql", table_name=name)
    ).fetchone()
    assert row is not None
    starts = range(0, row[0], PAGES_PER_FILE)
    if len(starts) < 2:
        return Reading([changed_rows(table, mapping, window, time_zone)], is_whole=True)
    ranges = zip(starts, [*starts[1:], None], strict=True)
    queries = [changed_rows(table, mapping, window, time_zone, pages) for pages in ranges]
    return Reading(queries, is_whole=True)


@contextmanager
def snapshot(source: AttachedPostgres) -> Iterator[str]:
    """Opens a snapshot of the source for the block; gives the snapshot's name."""
    source.connection.execute("begin")
    try:
        row = source.query(
            sql.SQL("select pg_snapshot_xmax(pg_current_snapshot())::text as xmax")
        ).fetchone()
        assert row is not None
        yield row[0]
    finally:
        source.connection.execute("rollback")


def extract(
    source: AttachedPostgres, tables: dict[str, Reading], lake: Path, name: str, time_zone: str
) -> dict[str, Extract]:
    """Copies the rows of each reading to `lake/<table>/changed_on=<day>/`.

    A table that is read whole goes to `changed_on=whole`. Files are written to a staging folder
    and renamed; `name`, made of run and snapshot, keeps their names unique.
    """
    extracts = {}
    for table, table_reading in tables.items():
        with staging_folder(lake / table, name) as staging:
            if table_reading.is_whole:
                folder = staging / f"changed_on={WHOLE_TABLE}"
                rows = _copy_whole(source, table_reading.queries, folder, table)
            else:
                [query] = table_reading.queries
                rows = _copy_by_day(source, query, staging, table, time_zone)
            extracts[table] = Extract(move_into_place(staging, lake / table, name), rows)
    return extracts


def _copy_by_day(
    source: AttachedPostgres, query: sql.Composed, directory: Path, table: str, time_zone: str
) -> int:
    rows = f"select *, timezone({quoted(time_zone)}, changed_at)::date as changed_on"
    options = "partition_by (changed_on), filename_pattern 'part-{i}'"
    return _copy(source, query, directory, table, rows, options)


def _copy_whole(
    source: AttachedPostgres, queries: list[sql.Composed], directory: Path, table: str
) -> int:
    """Writes a file per query; several queries run in sessions at the snapshot of `source`."""
    directory.mkdir()
    if len(queries) == 1:
        return _copy_file(source, queries[0], directory / "part.parquet", table)
    # Reading a row takes Postgres's ACCESS SHARE lock until the snapshot ends, so that no
    # VACUUM FULL or CLUSTER moves the table's pages.
    export = "select pg_export_snapshot() as name, exists (select from ({}) as locked) as has_rows"
    row = source.query(sql.SQL(export).format(queries[0])).fetchone()
    assert row is not None
    snapshot_name = row[0]
    has_failed = Event()

    def stream(first: int) -> int:
        rows = 0
        try:
            with source.at_snapshot(snapshot_name) as session:
                for number in range(first, len(queries), STREAMS):
                    if has_failed.is_set():
                        break
                    file = directory / f"part-{number:05}.parquet"
                    rows += _copy_file(session, queries[number], file, table)
        except BaseException:
            has_failed.set()
            raise
        return rows

    with ThreadPoolExecutor(STREAMS) as pool:
        try:
            return sum(pool.map(stream, range(STREAMS)))
        except BaseException:
            # Python raises an interruption in the main thread alone: stop the others.
            has_failed.set()
            raise


def _copy_file(source: AttachedPostgres, query: sql.Composed, file: Path, table: str) -> int:
    rows = _copy(source, query, file, table)
    if not rows:
        file.unlink()
    return rows


def _copy(
    source: AttachedPostgres,
    query: sql.Composed,
    target: Path,
    table: str,
    rows: str = "select *",
    *options: str,
) -> int:
    with_options = ", ".join(["format parquet", *options])
    try:
        copied = source.connection.execute(
            # DuckDB's copy binds no parameters; nothing here comes from a user.
            f"copy ({rows} from {source.scan(query)}) to {quoted(target)} ({with_options})"
        ).fetchone()
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and str(target) in str(error):
            raise LakeError(f"lake: {reason(error)}") from None
        raise failure(error, source.url, source.name, query, table) from None
    assert copied is not None
    return int(copied[0])
