"""Declared tables: brings tables of an earlier version to what a file of `create table`s declares.

`create table if not exists` leaves an existing table as it is. The file is run a second time into
the session's temporary schema, the two shapes are compared in Postgres's catalogs, and the existing
table is altered where it differs: columns, primary key, checks.
"""

from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from warehouse.declared_columns import (
    ColumnDifference,
    alter_not_null,
    alter_type,
    column_differences,
)
from warehouse.declared_constraints import (
    ConstraintDifference,
    alter_constraints,
    constraint_differences,
    validate_checks,
)
from warehouse.migration_runner import apply_file, retry_on_lock, template


def migrate_tables(connection: psycopg.Connection, file: Path, schema: str) -> None:
    """Creates the tables of `file`, which names their schema `{schema}`, or alters existing ones.

    A new column is null in existing rows, and required once none of them is null any more. A column
    that is no longer declared stays for the version that still reads it, and need not be filled. A
    new check holds for rows that are written from now on, and for all once existing rows pass it.
    Raises MigrationError if existing rows do not fit a new primary key.
    """
    apply_file(connection, file, {"schema": sql.Identifier(schema)})
    columns, constraints = retry_on_lock(file, partial(_differences, connection, file, schema))
    for column in columns:
        retry_on_lock(file, partial(alter_type, connection, schema, column))
    for table in dict.fromkeys(each.table_name for each in constraints):
        of_table = [each for each in constraints if each.table_name == table]
        retry_on_lock(file, partial(alter_constraints, connection, schema, table, of_table))
    for column in columns:
        retry_on_lock(file, partial(alter_not_null, connection, schema, column))
    retry_on_lock(file, partial(validate_checks, connection, schema))


def _differences(
    connection: psycopg.Connection, file: Path, schema: str
) -> tuple[list[ColumnDifference], list[ConstraintDifference]]:
    with connection.transaction(force_rollback=True):
        connection.execute(template(file).format(schema=sql.SQL("pg_temp")))
        return (
            column_differences(connection, schema),
            constraint_differences(connection, schema),
        )
