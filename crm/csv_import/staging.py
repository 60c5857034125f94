"""Copy of a CSV file into a temporary table, and the checks that need its rows in Postgres."""

import csv
from io import StringIO
from itertools import islice

import psycopg
from psycopg import sql

from crm.bulk_load import Progress
from crm.csv_import.bad_rows import SHOWN_ROWS, BadRows, raise_if_bad
from crm.csv_import.csv_file import CsvFile
from crm.csv_import.target import Target, identifiers
from crm.sources.change_queries import ACTIVITIES
from warehouse.statements import statement

ROWS_PER_BATCH = 2000


def stage_file(
    connection: psycopg.Connection, file: CsvFile, target: Target, progress: Progress | None
) -> None:
    """Copies the file into the target's temporary table and adds its bad rows to `file.bad`.

    Raises BadFileError where a type of the CRM's own rejects a value.
    """
    columns = sql.SQL(", ").join(
        sql.SQL("{} as {}").format(sql.Identifier(target.names[name]), sql.Identifier(name))
        for name in target.columns
    )
    parts = {"file": target.staging, "table": target.table, "columns": columns}
    connection.execute(statement("crm/csv_import/sql/import_file.sql", **parts))
    names = identifiers(["line", *file.names])
    command = sql.SQL("copy {} ({}) from stdin (format csv)").format(target.staging, names)
    rows = file.rows(progress)
    try:
        with connection.cursor() as cursor, cursor.copy(command) as copy:
            while batch := list(islice(rows, ROWS_PER_BATCH)):
                text = StringIO()
                csv.writer(text).writerows(batch)
                copy.write(text.getvalue())
    except psycopg.DataError as error:
        file.bad.add(0, "", f"{error.diag.message_primary} ({error.diag.context})")
        raise_if_bad([file.bad])
    connection.execute(sql.SQL("analyze {}").format(target.staging))
    if "id" in file.names:
        _report_repeated_ids(connection, target, file.bad)
        if target.name == ACTIVITIES:
            _report_taken_ids(connection, file.bad)


def _report_repeated_ids(connection: psycopg.Connection, target: Target, bad: BadRows) -> None:
    query = statement("crm/csv_import/sql/import_repeated_ids.sql", file=target.staging)
    repeated = connection.execute(query, [SHOWN_ROWS]).fetchall()
    for line, identifier, first_line, _ in repeated:
        bad.add(line, "id", f"duplicate id {identifier!r} (first on line {first_line})")
    bad.count += repeated[0][-1] - len(repeated) if repeated else 0


def _report_taken_ids(connection: psycopg.Connection, bad: BadRows) -> None:
    query = statement("crm/csv_import/sql/import_taken_activity_ids.sql")
    taken = connection.execute(query, [SHOWN_ROWS]).fetchall()
    for line, identifier, _ in taken:
        bad.add(line, "id", f"id {identifier} belongs to another activity in the log")
    bad.count += taken[0][-1] - len(taken) if taken else 0
