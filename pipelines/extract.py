"""Copies the named columns of the operational tables, and no others, to Parquet in the lake."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from psycopg import sql

from pipelines.attachment import Attachment, quoted
from pipelines.source_errors import RefusedError, failure, reason
from pipelines.statements import statement
from warehouse.mapping import LeadsMapping

LEADS = "leads"
ACTIVITIES = "agent_activity_log"
SOURCE_TABLES = (LEADS, ACTIVITIES)


class LakeError(RuntimeError):
    """A file of the lake cannot be written: the disk is full, or may not be written to."""


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
class Extract:
    """One table's changed rows at one snapshot of the source, as files in the lake."""

    files: list[Path]
    rows: int

    def __add__(self, other: "Extract") -> "Extract":
        return Extract(self.files + other.files, self.rows + other.rows)

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)


def low_water(source: Attachment) -> LowWater:
    """The low water of the source now: to be read before the snapshot that it bounds."""
    row = source.query(statement("low_water")).fetchone()
    assert row is not None
    instant, has_prepared, sees_transactions = row
    if not sees_transactions:
        raise RefusedError(
            "operational database: the role may not see other sessions' transactions, without "
            "which rows committed late would be lost: grant it pg_read_all_stats"
        )
    return LowWater(instant, has_prepared)


def changed_rows(table: str, mapping: LeadsMapping, window: ChangeWindow) -> sql.Composed:
    """The query, in the source's own SQL, for the rows of `table` that changed in `window`."""
    if table == ACTIVITIES:
        changed = _within(sql.Identifier("recorded_at"), window)
        return statement(
            "extract_agent_activity_log",
            table=sql.Identifier("public", ACTIVITIES),
            changed=changed,
        )
    columns = {name: mapping.column(name) for name in mapping.columns}
    changed = _within(columns["updated_at"], window)
    if not window.is_whole:
        # A CRM that keeps its own updated_at may leave it empty on a row that never changed.
        changed = sql.SQL("(({}) or ({} is null and {}))").format(
            changed, columns["updated_at"], _within(columns["created_at"], window)
        )
    return statement("extract_leads", table=mapping.identifier, changed=changed, **columns)


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
def snapshot(source: Attachment) -> Iterator[str]:
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
    source: Attachment, tables: dict[str, sql.Composed], lake: Path, name: str, time_zone: str
) -> dict[str, Extract]:
    """Copies the rows of each query to `lake/<table>/changed_on=<day>/`.

    Files are written aside and renamed; `name`, of run and snapshot, makes theirs their own.
    """
    return {
        table: _copy(source, query, lake / table, name, time_zone)
        for table, query in tables.items()
    }


def _within(instant: sql.Composable, window: ChangeWindow) -> sql.Composable:
    bounds: list[sql.Composable] = [sql.SQL("true")]
    if window.changed_from is not None:
        bounds.append(sql.SQL("{} >= {}").format(instant, sql.Literal(window.changed_from)))
    if window.changed_before is not None:
        bounds.append(sql.SQL("{} < {}").format(instant, sql.Literal(window.changed_before)))
    return sql.SQL(" and ").join(bounds)


def _copy(
    source: Attachment, query: sql.Composed, directory: Path, name: str, time_zone: str
) -> Extract:
    aside = directory / ".incoming" / name
    shutil.rmtree(aside, ignore_errors=True)  # of an earlier try of the same run
    aside.mkdir(parents=True)
    try:
        copied = source.connection.execute(
            # DuckDB's copy binds no parameters; nothing here comes from a user.
            f"copy (select *, timezone('{time_zone}', changed_at)::date::text as changed_on"  # noqa: S608
            f" from {source.scan(query)}) to {quoted(aside)} (format parquet, compression zstd,"
            " partition_by (changed_on), filename_pattern 'part-{i}')"
        ).fetchone()
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and str(aside) in str(error):
            raise LakeError(f"lake: {reason(error)}") from None
        raise failure(error, source.url, source.name, query, directory.name) from None
    assert copied is not None
    files = []
    for written in sorted(aside.rglob("*.parquet")):
        target = directory / written.parent.name / f"{name}-{written.stem}.parquet"
        target.parent.mkdir(exist_ok=True)
        files.append(written.rename(target))
        if not any(written.parent.iterdir()):
            written.parent.rmdir()
    aside.rmdir()
    return Extract(files, copied[0])


def prune(lake: Path, retention: timedelta) -> None:
    """Removes the files, finished or left behind by a kill, that are older than `retention`."""
    kept_since = datetime.now(UTC).timestamp() - retention.total_seconds()
    for path in sorted(lake.rglob("*"), reverse=True):
        if path.is_file() and path.stat().st_mtime < kept_since:
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.stat().st_mtime < kept_since and not any(path.iterdir()):
            path.rmdir()
