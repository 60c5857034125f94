"""Differences between declared and existing columns, and the statements that remove them."""

from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.statements import statement

ADD = sql.SQL("alter table {table} add column {column} {type}")
ALTER_TYPE = sql.SQL("alter table {table} alter column {column} type {type} using {column}::{type}")
SET_NOT_NULL = sql.SQL("alter table {table} alter column {column} set not null")
DROP_NOT_NULL = sql.SQL("alter table {table} alter column {column} drop not null")
HAS_NULL = sql.SQL("select exists (select from {table} where {column} is null)")


class ColumnDifference(NamedTuple):
    """A column that is not as declared; a type is None on the side that lacks the column."""

    table_name: str
    column_name: str
    declared_type: str | None
    declared_not_null: bool
    existing_type: str | None
    existing_not_null: bool


def column_differences(connection: psycopg.Connection, schema: str) -> list[ColumnDifference]:
    """Compares the session's temporary tables with those of the same names in `schema`."""
    query = statement("warehouse/sql/column_differences.sql", schema=sql.Literal(schema))
    with connection.cursor(row_factory=class_row(ColumnDifference)) as cursor:
        return cursor.execute(query).fetchall()


def alter_type(connection: psycopg.Connection, schema: str, difference: ColumnDifference) -> None:
    """Adds the column, or gives it the declared type."""
    if difference.declared_type is None or difference.existing_type == difference.declared_type:
        return
    alteration = ADD if difference.existing_type is None else ALTER_TYPE
    parts = _parts(schema, difference)
    connection.execute(alteration.format(**parts, type=sql.SQL(difference.declared_type)))


def alter_not_null(
    connection: psycopg.Connection, schema: str, difference: ColumnDifference
) -> None:
    """Lets the column be null, or requires it if no row lacks it.

    Postgres lets no column of a primary key be null: call it once the key is as declared.
    """
    parts = _parts(schema, difference)
    if difference.existing_not_null and not difference.declared_not_null:
        connection.execute(DROP_NOT_NULL.format(**parts))
    if difference.declared_not_null and not difference.existing_not_null:
        with connection.transaction():
            if connection.execute(HAS_NULL.format(**parts)).fetchone() == (False,):
                connection.execute(SET_NOT_NULL.format(**parts))


def _parts(schema: str, difference: ColumnDifference) -> dict[str, sql.Identifier]:
    return {
        "table": sql.Identifier(schema, difference.table_name),
        "column": sql.Identifier(difference.column_name),
    }
