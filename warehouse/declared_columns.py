"""Declared columns: brings tables of an earlier version to what a file of `create table`s declares.

`create table if not exists` leaves an existing table as it is. The file is run a second time into
the session's temporary schema, the two shapes are compared in Postgres's catalogs, and the existing
table is altered where it differs.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.migration_runner import apply_file, retry_on_lock
from warehouse.statements import statement

ADD = sql.SQL("alter table {table} add column {column} {type}")
ALTER_TYPE = sql.SQL("alter table {table} alter column {column} type {type} using {column}::{type}")
SET_NOT_NULL = sql.SQL("alter table {table} alter column {column} set not null")
DROP_NOT_NULL = sql.SQL("alter table {table} alter column {column} drop not null")
HAS_NULL = sql.SQL("select exists (select from {table} where {column} is null)")


class Difference(NamedTuple):
    """A column that is not as declared; a type is None on the side that lacks the column."""

    table_name: str
    column_name: str
    declared_type: str | None
    declared_not_null: bool
    existing_type: str | None
    existing_not_null: bool


def migrate_tables(connection: psycopg.Connection, file: Path, schema: str) -> None:
    """Creates the tables of `file`, which names their schema `{schema}`, or alters existing ones.

    A new column is null in existing rows, and required once none of them is null any more. A column
    that is no longer declared stays for the version that still reads it, and need not be filled.
    """
    apply_file(connection, file, {"schema": sql.Identifier(schema)})
    for difference in _differences(connection, file, schema):
        for alteration in _alterations(connection, difference, schema):
            retry_on_lock(file, partial(connection.execute, alteration))


def _differences(connection: psycopg.Connection, file: Path, schema: str) -> list[Difference]:
    with (
        connection.transaction(force_rollback=True),
        connection.cursor(row_factory=class_row(Difference)) as cursor,
    ):
        apply_file(connection, file, {"schema": sql.SQL("pg_temp")})
        query = statement("warehouse/sql/column_differences.sql", schema=sql.Literal(schema))
        return cursor.execute(query).fetchall()


def _alterations(
    connection: psycopg.Connection, difference: Difference, schema: str
) -> Iterator[sql.Composed]:
    parts: dict[str, sql.Composable] = {
        "table": sql.Identifier(schema, difference.table_name),
        "column": sql.Identifier(difference.column_name),
    }
    if difference.declared_type is not None:
        parts["type"] = sql.SQL(difference.declared_type)
        if difference.existing_type is None:
            yield ADD.format(**parts)
        elif difference.existing_type != difference.declared_type:
            yield ALTER_TYPE.format(**parts)
    if difference.existing_not_null and not difference.declared_not_null:
        yield DROP_NOT_NULL.format(**parts)
    if (
        difference.declared_not_null
        and not difference.existing_not_null
        and connection.execute(HAS_NULL.format(**parts)).fetchone() == (False,)
    ):
        yield SET_NOT_NULL.format(**parts)
