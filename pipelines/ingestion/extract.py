"""Copies the named columns of the operational tables, and no others, to Parquet in the lake."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import duckdb
from psycopg import sql

from crm.sources.mapping import LeadsMapping
from pipelines.postgres.database_errors import RefusedError, failure, reason
from pipelines.postgres.duckdb_postgres import AttachedPostgres, quoted
from warehouse.statements import statement

LEADS = "leads"
ACTIVITIES = "agent_activity_log"
SOURCE_TABLES = (LEADS, ACTIVITIES)
# How many sessions read a large table at once: more would take more from the CRM.
STREAMS = 2
PAGES_PER_FILE = 4096
WHOLE = "whole"


class LakeError(RuntimeError):
    """A file of the lake cannot be written, as where the disk is full, or not be read."""


@dataclass(frozen=True)
class ChangeWindow:
    """Instants between which a source row must have changed to be read; None is unbounded."""

    changed_from: datetime | None
    changed_before: datetime | None

    @property
    def is_whole(self) -> bool:
        return self.changed_from is None and self.changed_before is None


@dataclass(frozen=True)
class LowWater:
    """Where the next read of the source has to start, as noted before a snapshot."""

    instant: datetime
    has_prepared: bool


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


def low_water(source: AttachedPostgres) -> LowWater:
    """The low water of the source now: to be read before the snapshot that it bounds."""
    row = source.query(statement("pipelines/ingestion/sql/watermark.sql")).fetchone()
    assert row is not None
    instant, has_prepared, sees_transactions = row
    if not sees_transactions:
        raise RefusedError(
            "operational database: the role may not see other sessions' transactions, without "
            "which rows committed late would be lost: grant it pg_read_all_stats"
        )
    return LowWater(instant, has_prepared)


def changed_rows(
    table: str,
    mapping: LeadsMapping,
    window: ChangeWindow,
    pages: tuple[int, int | None] | None = None,
) -> sql.Composed:
    """The query, in the source's own SQL, for the rows of `table` that changed in `window`.

    `pages` restricts it to those from the first to before the second, which may be open.
    """
    changed: sql.Composable
    if table == ACTIVITIES:
        changed = _within(sql.Identifier("recorded_at"), window)
        columns = {}
    else:
        columns = {name: mapping.column(name) for name in mapping.columns}
        changed = _within(columns["updated_at"], window)
        if not window.is_whole:
            # A CRM that keeps its own updated_at may leave it empty on a row that never changed.
            changed = sql.SQL("(({}) or ({} is null and {}))").format(
                changed, columns["updated_at"], _within(columns["created_at"], window)
            )
    if pages is not None:
        changed = sql.SQL("{} and {}").format(changed, _on_pages(*pages))
    return statement(
        f"crm/sources/sql/extract_{table}.sql",
        table=_identifier(table, mapping),
        changed=changed,
        **columns,
    )


def reading(
    source: AttachedPostgres, table: str, mapping: LeadsMapping, window: ChangeWindow
) -> Reading:
    """How `changed_rows` are read: a large table, whole, by several queries."""
    if not window.is_whole:
        return Reading([changed_rows(table, mapping, window)], is_whole=False)
    name = sql.Literal(_identifier(table, mapping).as_string())
    row = source.query(
        statement("pipelines/ingestion/sql/pages_to_share.sql", table_name=name)
    ).fetchone()
    assert row is not None
    starts = range(0, row[0], PAGES_PER_FILE)
    if len(starts) < 2:
        return Reading([changed_rows(table, mapping, window)], is_whole=True)
    pages = zip(starts, [*starts[1:], None], strict=True)
    return Reading([changed_rows(table, mapping, window, each) for each in pages], is_whole=True)


def rows_of_days(
    table: str, mapping: LeadsMapping, days: list[str], time_zone: str
) -> sql.Composed:
    """The query for all rows of `table` that changed on `days`, as `changed_day` writes them."""
    return sql.SQL("select * from ({}) as found where {} = any({})").format(
        changed_rows(table, mapping, ChangeWindow(None, None)),
        changed_day("found", time_zone),
        sql.Literal(days),
    )


def changed_day(row: str, time_zone: str) -> sql.Composed:
    """The day of change of the relation `row`, as text that any server writes alike."""
    return sql.SQL("coalesce(({} at time zone {})::date::text, 'never')").format(
        sql.Identifier(row, "changed_at"), sql.Literal(time_zone)
    )


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
        with _aside(lake / table, name) as aside:
            if read.is_whole:
                rows = _copy_whole(source, read.queries, aside / f"changed_on={WHOLE}", table)
            else:
                [query] = read.queries
                rows = _copy_by_day(source, query, aside, table, time_zone)
            extracts[table] = Extract(_put_in_place(aside, lake / table, name), rows)
    return extracts


def _within(instant: sql.Composable, window: ChangeWindow) -> sql.Composable:
    bounds: list[sql.Composable] = [sql.SQL("true")]
    if window.changed_from is not None:
        bounds.append(sql.SQL("{} >= {}").format(instant, sql.Literal(window.changed_from)))
    if window.changed_before is not None:
        bounds.append(sql.SQL("{} < {}").format(instant, sql.Literal(window.changed_before)))
    return sql.SQL(" and ").join(bounds)


def _identifier(table: str, mapping: LeadsMapping) -> sql.Identifier:
    return mapping.identifier if table == LEADS else sql.Identifier("public", table)


def _on_pages(first: int, end: int | None) -> sql.Composable:
    at = sql.SQL("ctid >= {}::tid").format(sql.Literal(f"({first},0)"))
    if end is None:
        return at
    return sql.SQL("{} and ctid < {}::tid").format(at, sql.Literal(f"({end},0)"))


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


@contextmanager
def _aside(directory: Path, name: str) -> Iterator[Path]:
    aside = directory / ".incoming" / name
    shutil.rmtree(aside, ignore_errors=True)  # of an earlier try of the same run
    aside.mkdir(parents=True)
    yield aside
    shutil.rmtree(aside)


def _put_in_place(aside: Path, directory: Path, name: str) -> list[Path]:
    files = []
    for number, written in enumerate(sorted(aside.rglob("*.parquet"))):
        target = directory / written.parent.name / f"{name}-{number}.parquet"
        target.parent.mkdir(exist_ok=True)
        files.append(written.rename(target))
    return files


def prune(lake: Path, retention: timedelta) -> None:
    """Removes the files, finished or left behind by a kill, that are older than `retention`."""
    kept_since = datetime.now(UTC).timestamp() - retention.total_seconds()
    for path in sorted(lake.rglob("*"), reverse=True):
        if path.is_file() and path.stat().st_mtime < kept_since:
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.stat().st_mtime < kept_since and not any(path.iterdir()):
            path.rmdir()
