"""Differences between declared and existing columns, and the statements that remove them."""

from collections.abc import Iterator
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


def alter_column(connection: psycopg.Connection, schema: str, difference: ColumnDifference) -> None:
    """Makes the column as declared, in one transaction."""
    with connection.transaction():
        for alteration in _alterations(connection, difference, schema):
            connection.execute(alteration)


def _alterations(
    connection: psycopg.Connection, difference: ColumnDifference, schema: str
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
