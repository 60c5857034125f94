"""CSV files into the CRM's leads and activity log: all rows of both files, or none."""

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import islice
from pathlib import Path

import psycopg
from psycopg import sql

from crm.bulk_load import ImportCounts, Progress, bulk_load
from crm.csv_import.columns import ACTIVITY_COLUMNS, LEAD_COLUMNS, Column
from crm.csv_import.rows import SHOWN_ROWS, BadFileError, BadRows, CsvFile
from crm.sources.mapping import LeadsMapping
from warehouse.statements import statement

ACTIVITIES = "agent_activity_log"
ROWS_PER_BATCH = 2000


@dataclass(frozen=True)
class Written:
    """How many rows were inserted or changed, and the oldest time of change among them."""

    rows: int
    oldest: datetime | None

    def __add__(self, other: "Written") -> "Written":
        instants = [instant for instant in (self.oldest, other.oldest) if instant is not None]
        return Written(self.rows + other.rows, min(instants, default=None))


@dataclass(frozen=True)
class Target:
    """A file's table: what our columns are called there, and which one notes a change."""

    name: str
    table: sql.Identifier
    columns: dict[str, Column]
    names: dict[str, str]
    changed_at: str
    instants: tuple[str, ...]

    @property
    def file(self) -> sql.Identifier:
        """The temporary table that holds the file's rows."""
        return sql.Identifier(f"{self.name}_file")


def import_directory(
    url: str, directory: Path, mapping: LeadsMapping, progress: Progress | None = None
) -> ImportCounts:
    """Upsert `leads.csv` and, where it is there, `agent_activity_log.csv` of the directory.

    Raises BadFileError with the first bad rows of both files; then nothing is written. A column
    that a file does not have stays as it is in rows that exist, and null in new ones. Activities
    without ids are added as far as the log holds fewer equal ones than the file. `progress` gets
    file name, bytes read and size.
    """
    targets = [leads_target(mapping)]
    if (directory / f"{ACTIVITIES}.csv").exists():
        targets.append(activities_target())
    with ExitStack() as stack:
        files = [
            stack.enter_context(CsvFile(directory / f"{target.name}.csv", target.columns))
            for target in targets
        ]
        connection = stack.enter_context(bulk_load(url, mapping.time_zone))
        for file, target in zip(files, targets, strict=True):
            if file.names:
                read(connection, file, target, progress)
        refuse([file.bad for file in files])
        written = [
            write(connection, file.names, target)
            for file, target in zip(files, targets, strict=True)
        ]
    return ImportCounts(
        written[0].rows,
        sum(done.rows for done in written[1:]),
        {
            target.name: done.oldest
            for target, done in zip(targets, written, strict=True)
            if done.oldest is not None
        },
    )


def leads_target(mapping: LeadsMapping) -> Target:
    return Target(
        "leads",
        mapping.identifier,
        LEAD_COLUMNS,
        dict(mapping.columns),
        "updated_at",
        ("created_at", "contacted_at", "interested_at"),
    )


def activities_target() -> Target:
    names = {name: name for name in ACTIVITY_COLUMNS}
    table = sql.Identifier("public", ACTIVITIES)
    return Target(ACTIVITIES, table, ACTIVITY_COLUMNS, names, "recorded_at", ("timestamp",))


def read(
    connection: psycopg.Connection, file: CsvFile, target: Target, progress: Progress | None
) -> None:
    """Copy the file into a temporary table, and note all that is bad in it."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} as {}").format(sql.Identifier(target.names[name]), sql.Identifier(name))
        for name in target.columns
    )
    parts = {"file": target.file, "table": target.table, "columns": columns}
    connection.execute(statement("crm/csv_import/sql/import_file.sql", **parts))
    names = identifiers(["line", *file.names])
    copy = sql.SQL("copy {} ({}) from stdin (format csv)").format(target.file, names)
    rows = file.rows(progress)
    try:
        with (
            connection.cursor() as cursor,
            cursor.copy(copy) as copying,
        ):
            while batch := list(islice(rows, ROWS_PER_BATCH)):
                text = StringIO()
                csv.writer(text).writerows(batch)
                copying.write(text.getvalue())
    except psycopg.DataError as error:
        file.bad.add(0, "", f"{error.diag.message_primary} ({error.diag.context})")
        refuse([file.bad])
    connection.execute(sql.SQL("analyze {}").format(target.file))
    if "id" in file.names:
        note_repeated_ids(connection, target, file.bad)
        if target.name == ACTIVITIES:
            note_taken_ids(connection, file.bad)


def note_repeated_ids(connection: psycopg.Connection, target: Target, bad: BadRows) -> None:
    query = statement("crm/csv_import/sql/import_repeated_ids.sql", file=target.file)
    repeated = connection.execute(query, [SHOWN_ROWS]).fetchall()
    for line, identifier, first_line, _ in repeated:
        bad.add(line, "id", f"{identifier!r} is on line {first_line} already")
    bad.count += repeated[0][-1] - len(repeated) if repeated else 0


def note_taken_ids(connection: psycopg.Connection, bad: BadRows) -> None:
    taken = connection.execute(
        statement("crm/csv_import/sql/import_taken_activity_ids.sql"), [SHOWN_ROWS]
    ).fetchall()
    for line, identifier, _ in taken:
        bad.add(line, "id", f"{identifier} is another activity in the log already")
    bad.count += taken[0][-1] - len(taken) if taken else 0


def refuse(bad: Sequence[BadRows]) -> None:
    """Raise where anything is bad; the rows of a file in the order of its lines."""
    rows = [row for rows in bad for row in rows.first]
    if rows:
        raise BadFileError(rows[:SHOWN_ROWS], sum(rows.count for rows in bad))


def write(connection: psycopg.Connection, names: list[str], target: Target) -> Written:
    """Insert or change the table's rows from the temporary table."""
    if target.name == ACTIVITIES and "id" not in names:
        return written(connection, statement("crm/csv_import/sql/import_new_activities.sql"))
    given = [name for name in names if name not in ("id", target.changed_at)]
    theirs = [target.names[name] for name in given]
    parts = {
        "table": target.table,
        "file": target.file,
        "id": sql.Identifier(target.names["id"]),
        "changed_at": sql.Identifier(target.names[target.changed_at]),
        "changed_in_file": sql.Identifier(target.changed_at),
    }
    if target.name == ACTIVITIES:
        connection.execute(statement("crm/csv_import/sql/import_next_activity_id.sql"))
    changed = statement(
        "crm/csv_import/sql/import_changed.sql",
        assignments=sql.SQL(", ").join(
            sql.SQL("{} = incoming.{}").format(sql.Identifier(their), sql.Identifier(our))
            for their, our in zip(theirs, given, strict=True)
        ),
        kept=identifiers(theirs, "kept"),
        incoming=identifiers(given, "incoming"),
        **parts,
    )
    new = statement(
        "crm/csv_import/sql/import_new.sql",
        columns=identifiers([target.names["id"], *theirs]),
        incoming=identifiers(["id", *given], "incoming"),
        instants=identifiers(target.instants, "incoming"),
        **parts,
    )
    return written(connection, changed) + written(connection, new)


def written(connection: psycopg.Connection, command: sql.Composed) -> Written:
    """Runs a command that returns each row's time of change."""
    row = connection.execute(
        statement("crm/csv_import/sql/import_written.sql", command=command)
    ).fetchone()
    assert row is not None
    return Written(*row)


def identifiers(names: Sequence[str], table: str | None = None) -> sql.Composed:
    qualifier = [table] if table else []
    return sql.SQL(", ").join(sql.Identifier(*qualifier, name) for name in names)
