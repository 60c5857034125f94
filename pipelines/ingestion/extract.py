"""Copies the named columns of the operational tables, and no others, to Parquet in the lake."""

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
from pipelines.ingestion.lake import LakeError, put_in_place, written_aside
from pipelines.postgres.database_errors import failure, reason
from pipelines.postgres.duckdb_postgres import AttachedPostgres, quoted
from warehouse.statements import statement

# How many sessions read a large table at once: more would take more from the CRM.
STREAMS = 2
PAGES_PER_FILE = 4096
WHOLE = "whole"


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
    source: AttachedPostgres, table: str, mapping: LeadsMapping, window: ChangeWindow
) -> Reading:
    """How `changed_rows` are read: a large table, whole, by several queries."""
    if not window.is_whole:
        return Reading([changed_rows(table, mapping, window)], is_whole=False)
    name = sql.Literal(table_identifier(table, mapping).as_string())
    row = source.query(
        statement("pipelines/ingestion/sql/pages_to_share.sql", table_name=name)
    ).fetchone()
    assert row is not None
    starts = range(0, row[0], PAGES_PER_FILE)
    if len(starts) < 2:
        return Reading([changed_rows(table, mapping, window)], is_whole=True)
    pages = zip(starts, [*starts[1:], None], strict=True)
    return Reading([changed_rows(table, mapping, window, each) for each in pages], is_whole=True)


@contextmanager
def snapshot(source: AttachedPostgres) -> Iterator[str]:
    """Inside the block the source stands still; gives the snapshot's name."""
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

    A table read whole goes to `changed_on=whole`. Files are written aside and renamed; `name`, of
    run and snapshot, makes theirs their own.
    """
    extracts = {}
    for table, read in tables.items():
        with written_aside(lake / table, name) as aside:
            if read.is_whole:
                rows = _copy_whole(source, read.queries, aside / f"changed_on={WHOLE}", table)
            else:
                [query] = read.queries
                rows = _copy_by_day(source, query, aside, table, time_zone)
            extracts[table] = Extract(put_in_place(aside, lake / table, name), rows)
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
    """A file for each query; several are read by sessions at the snapshot of `source`."""
    directory.mkdir()
    if len(queries) == 1:
        return _copy_file(source, queries[0], directory / "part.parquet", table)
    # Asking for a row locks the table to the end of the snapshot: nobody may move its pages.
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
            # An interruption, of which this thread alone knows.
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
