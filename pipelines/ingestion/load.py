"""Load: merges an extract into the raw tables, and records the agent-days that changed."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from crm.sources.change_queries import LEADS, changed_day
from pipelines.ingestion.copy_encoder import binary_rows
from pipelines.postgres.duckdb_postgres import duckdb_session
from pipelines.postgres.table_sync import table_columns
from warehouse.statements import statement

# Encoded rows of a table in parts; None if nothing was read.
Rows = Iterator[bytes] | None


class LoadError(RuntimeError):
    """Raw cannot store a row of the source; the message names the row in one line."""


@dataclass(frozen=True)
class LoadPlan:
    """Parameters of a load besides its files.

    `whole_days`: days of change that the files contain completely: a row of these days that
    the files lack was deleted in the source. None means all days.
    `days`: instants between which every agent-day counts as changed.
    `watermark`: start of the next read; None leaves the stored watermark.
    """

    load_id: str
    time_zone: str
    whole_days: list[str] | None
    days: tuple[datetime, datetime] | None
    watermark: datetime | None


def load(
    connection: psycopg.Connection,
    files: Mapping[str, list[Path]],
    plans: Mapping[str, LoadPlan],
) -> dict[str, int]:
    """Loads the files of each table's extract into `raw.<table>` in the caller's transaction.

    Returns the number of source rows that differed, deleted ones included; the same files
    again change nothing. Raises LakeError, and LoadError if raw cannot store a row.
    """
    rows: dict[str, Rows] = dict.fromkeys(plans)
    # DuckDB writes UTF-8, which Postgres converts to the encoding of the database.
    connection.execute("set local client_encoding = 'UTF8'")
    with ExitStack() as reading:
        if any(files.values()):
            encoder = reading.enter_context(duckdb_session())
            # Start all of them here: DuckDB sorts one table while Postgres loads another.
            for table in filter(files.get, plans):
                columns = table_columns(connection, "raw", table)
                rows[table] = reading.enter_context(binary_rows(encoder, files[table], columns))
        return {
            table: _load_table(connection, table, rows[table], plan)
            for table, plan in plans.items()
        }


def _load_table(connection: psycopg.Connection, table: str, rows: Rows, plan: LoadPlan) -> int:
    try:
        if rows and plan.whole_days is None and _is_first_load(connection, table):
            return _fill(connection, table, rows, plan)
        return _update(connection, table, rows, plan)
    except (psycopg.errors.IntegrityError, psycopg.errors.DataError) as error:
        message = f"raw.{table}: {error.diag.message_primary} {error.diag.message_detail or ''}"
        raise LoadError(message.strip()) from None


def changed_agent_days(connection: psycopg.Connection, load_id: str) -> int:
    """Returns the number of agent-days that the load `load_id` recorded as changed."""
    row = connection.execute(
        "select count(*) from state.changed_agent_days where load_id = %s", [load_id]
    ).fetchone()
    assert row is not None
    return int(row[0])


def _is_first_load(connection: psycopg.Connection, table: str) -> bool:
    """Whether raw is empty and no build exists that would need a record of changes."""
    row = connection.execute(
        sql.SQL(
            "select not exists (select from {}) and not exists (select from state.build_state)"
        ).format(sql.Identifier("raw", table))
    ).fetchone()
    return row == (True,)


def _update(connection: psycopg.Connection, table: str, rows: Rows, plan: LoadPlan) -> int:
    incoming = sql.Identifier("raw", f"{table}_incoming")
    connection.execute(sql.SQL("truncate {}").format(incoming))
    if rows:
        _copy(connection, table, incoming, rows)
    changed = _merge(connection, table, plan)
    _store_watermark(connection, table, incoming, plan)
    connection.execute(sql.SQL("truncate {}").format(incoming))
    return changed


def _fill(connection: psycopg.Connection, table: str, rows: Iterator[bytes], plan: LoadPlan) -> int:
    """Fills an empty table, and creates its indexes last, which is fastest."""
    target = sql.Identifier("raw", table)
    with _without_indexes(connection, target):
        # Truncated in this transaction: Postgres then allows `freeze`, and writes no WAL for the
        # rows if wal_level is minimal.
        connection.execute(sql.SQL("truncate {}").format(target))
        copied = _copy(connection, table, target, rows, freeze=True)
    connection.execute(sql.SQL("analyze {}").format(target))
    _store_watermark(connection, table, target, plan)
    return copied


@contextmanager
def _without_indexes(connection: psycopg.Connection, table: sql.Identifier) -> Iterator[None]:
    indexes = connection.execute(
        "select relname, pg_get_indexdef(indexrelid), indisprimary from pg_index"
        " join pg_class on pg_class.oid = indexrelid where indrelid = to_regclass(%s)",
        [table.as_string()],
    ).fetchall()
    for name, _, is_primary in indexes:
        drop = "alter table {0} drop constraint {1}" if is_primary else "drop index raw.{1}"
        connection.execute(sql.SQL(drop).format(table, sql.Identifier(name)))
    yield
    for name, definition, is_primary in indexes:
        connection.execute(definition)
        if is_primary:
            key = sql.SQL("alter table {0} add constraint {1} primary key using index {1}")
            connection.execute(key.format(table, sql.Identifier(name)))


def _copy(
    connection: psycopg.Connection,
    table: str,
    target: sql.Identifier,
    rows: Iterator[bytes],
    *,
    freeze: bool = False,
) -> int:
    columns = table_columns(connection, "raw", table)
    copy = sql.SQL("copy {} ({}) from stdin (format binary, freeze {})").format(
        target, sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Literal(freeze)
    )
    with connection.cursor() as cursor:
        with cursor.copy(copy) as copying:
            for part in rows:
                copying.write(part)
        return cursor.rowcount


def _merge(connection: psycopg.Connection, table: str, plan: LoadPlan) -> int:
    parameters = {"load_id": sql.Literal(plan.load_id), "time_zone": sql.Literal(plan.time_zone)}
    record_changes: dict[str, sql.Composable] = {
        name: statement(f"pipelines/ingestion/sql/{name}.sql", **parameters)
        for name in ("changed_days_of_leads", "changed_days_of_activities")
    }
    has_build = connection.execute("select exists (select from state.build_state)").fetchone()
    if has_build == (False,):
        # The first build reads all of raw and needs no record of changes.
        record_changes = dict.fromkeys(record_changes, sql.SQL("select"))
    if table == LEADS:
        del record_changes["changed_days_of_activities"]
    connection.execute(
        statement(
            f"pipelines/ingestion/sql/load_{table}.sql", is_whole=_is_whole(plan), **record_changes
        )
    )
    if has_build == (True,) and plan.days is not None:
        first, last = map(sql.Literal, plan.days)
        connection.execute(
            statement(
                "pipelines/ingestion/sql/changed_days_of_range.sql",
                from_instant=first,
                to_instant=last,
                **parameters,
            )
        )
    changes = "changed_leads" if table == LEADS else "changed_activities"
    changed = connection.execute(
        sql.SQL("select count(*) from {}").format(sql.Identifier(changes))
    ).fetchone()
    assert changed is not None
    connection.execute("drop table if exists changed_leads, changed_activities")
    return int(changed[0])


def _is_whole(plan: LoadPlan) -> sql.Composable:
    """Whether the day of change of a `stored` row was read completely."""
    if not plan.whole_days:
        return sql.Literal(plan.whole_days is None)
    day = changed_day("stored", plan.time_zone)
    return sql.SQL("{} = any({})").format(day, sql.Literal(plan.whole_days))


def _store_watermark(
    connection: psycopg.Connection, table: str, loaded: sql.Identifier, plan: LoadPlan
) -> None:
    # A query of its own: Postgres uses no parallel workers inside an insert.
    connection.execute("set local datestyle = iso")
    row = connection.execute(
        sql.SQL(
            "select case when count(*) > 0 then least(max(changed_at), now()) end::text from {}"
        ).format(loaded)
    ).fetchone()
    assert row is not None
    connection.execute(
        statement("pipelines/ingestion/sql/store_watermark.sql"),
        {"table": table, "watermark": plan.watermark, "data_through": row[0]},
    )
