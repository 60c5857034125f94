"""Scratch database: a copy of raw, state, insights and serving in which a dry run builds.

A run in it has no connection to the warehouse, so it cannot change anything there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from config.user_error import UserError
from pipelines.postgres.table_sync import table_columns
from pipelines.publishing.publish import SERVING_TABLES
from warehouse.advisory_locks import scratch_lock
from warehouse.connect import connect_or_fail
from warehouse.migrate import migrate_warehouse
from warehouse.scratch_cleanup import remove_scratch, scratch_home, scratch_name
from warehouse.statements import statement
from warehouse.urls import with_database

SERVED = {"builds", *(table.name for table in SERVING_TABLES)}


@dataclass(frozen=True)
class ScratchDatabase:
    """URL of the copy, and a home that keeps the parsed dbt project for the next dry run."""

    url: str = field(repr=False)
    home: Path

    @property
    def lake(self) -> Path:
        return self.home / "lake"


@contextmanager
def scratch_database(url: str, home: Path) -> Iterator[ScratchDatabase]:
    """Creates the copy and drops it at the end; first drops what a killed command left behind.

    Reads the warehouse at one snapshot without locks, so refreshes continue meanwhile. Raises
    UserError where another copy is in use, or the role may not create databases.
    """
    with connect_or_fail(url, "warehouse") as warehouse, scratch_lock(warehouse) as is_alone:
        if not is_alone:
            raise UserError("another dry run or metric diff of this warehouse is running")
        name = scratch_name(warehouse)
        copy = ScratchDatabase(with_database(url, name), scratch_home(home))
        remove_scratch(warehouse, home)
        try:
            _create(warehouse, name)
            migrate_warehouse(copy.url, "")
            _fill(url, copy.url)
            yield copy
        finally:
            # The session that holds the lock may have been lost.
            with connect_or_fail(url, "warehouse") as again:
                remove_scratch(again, home)


def _create(warehouse: psycopg.Connection, name: str) -> None:
    parts = warehouse.execute(
        "select pg_encoding_to_char(encoding), datcollate, datctype"
        " from pg_database where datname = current_database()"
    ).fetchone()
    assert parts is not None
    encoding, collate, character_type = map(sql.Literal, parts)
    create = sql.SQL(
        "create database {} template template0 encoding {} lc_collate {} lc_ctype {}"
    ).format(sql.Identifier(name), encoding, collate, character_type)
    try:
        warehouse.execute(create)
    except psycopg.errors.InsufficientPrivilege:
        role = warehouse.info.user
        raise UserError(
            f"warehouse database: role {role} may not create the scratch database:"
            f' run "alter role {role} createdb" as an administrator'
        ) from None


def _fill(url: str, copy: str) -> None:
    with psycopg.connect(url) as source, psycopg.connect(copy) as target:
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        source.read_only = True
        for schema, table in target.execute(
            statement("warehouse/sql/tables_by_schema.sql")
        ).fetchall():
            if schema != "serving" or table in SERVED:
                _copy(source, target, schema, table)
        # A backfill reads the known days from the marts. The warehouse's own are not read: a lock
        # on them would make a build wait. dbt replaces this view by a table built in full.
        target.execute(statement("pipelines/preview/sql/known_days.sql"))
    with psycopg.connect(copy, autocommit=True) as target:
        target.execute("analyze")


def _copy(source: psycopg.Connection, target: psycopg.Connection, schema: str, table: str) -> None:
    parts = {
        "table": sql.Identifier(schema, table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, table_columns(target, schema, table))),
    }
    with (
        source.cursor().copy(sql.SQL("copy {table} ({columns}) to stdout").format(**parts)) as rows,
        target.cursor().copy(
            sql.SQL("copy {table} ({columns}) from stdin").format(**parts)
        ) as into,
    ):
        for block in rows:
            into.write(block)
