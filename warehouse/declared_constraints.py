"""Differences between declared and existing primary keys and checks, and what removes them."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import psycopg
from psycopg import errors, sql
from psycopg.rows import class_row

from warehouse.migration_runner import MigrationError
from warehouse.statements import statement

ALTER = sql.SQL("alter table {table} {changes}")
DROP = sql.SQL("drop constraint {name}")
# Without NOT VALID, rows that the next publish replaces would stop the migration.
ADD_CHECK = sql.SQL("add {definition} not valid")
ADD_KEY = sql.SQL("add {definition}")
VALIDATE = sql.SQL("alter table {table} validate constraint {name}")


class ConstraintDifference(NamedTuple):
    """A primary key or check, as Postgres writes it, that only one side has.

    `existing_name` is None if only the declaration has it.
    """

    table_name: str
    is_key: bool
    definition: str
    existing_name: str | None


def constraint_differences(
    connection: psycopg.Connection, schema: str
) -> list[ConstraintDifference]:
    """Compares the session's temporary tables with those of the same names in `schema`."""
    query = statement("warehouse/sql/constraint_differences.sql", schema=sql.Literal(schema))
    with connection.cursor(row_factory=class_row(ConstraintDifference)) as cursor:
        return cursor.execute(query).fetchall()


def alter_constraints(
    connection: psycopg.Connection,
    schema: str,
    table: str,
    differences: Sequence[ConstraintDifference],
) -> None:
    """Replaces a table's constraints in one statement: the table is never without a key."""
    changes = sorted(map(_change, differences), key=lambda change: not change[0])
    try:
        connection.execute(
            ALTER.format(
                table=sql.Identifier(schema, table),
                changes=sql.SQL(", ").join(change for _, change in changes),
            )
        )
    except errors.IntegrityError as error:
        keys = [each.definition for each in differences if each.is_key and not each.existing_name]
        raise MigrationError(
            f"{schema}.{table}: existing rows do not fit {' '.join(keys)}: delete them, run migrate"
            " again, then `agent-analytics refresh --full`"
        ) from error


def validate_checks(connection: psycopg.Connection, schema: str) -> None:
    """Validates the checks that all rows pass by now; needs an autocommit session."""
    query = statement("warehouse/sql/unvalidated_checks.sql", schema=sql.Literal(schema))
    for table, name in connection.execute(query).fetchall():
        with suppress(errors.CheckViolation):
            connection.execute(VALIDATE.format(table=sql.SQL(table), name=sql.Identifier(name)))


def _change(difference: ConstraintDifference) -> tuple[bool, sql.Composed]:
    """Returns whether the change drops a constraint, and the change."""
    if difference.existing_name is not None:
        return True, DROP.format(name=sql.Identifier(difference.existing_name))
    add = ADD_KEY if difference.is_key else ADD_CHECK
    return False, add.format(definition=sql.SQL(difference.definition))
