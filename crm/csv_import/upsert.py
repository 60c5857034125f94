"""Insert and update of a table from an import's temporary table."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from crm.csv_import.target import Target, identifiers
from crm.sources.change_queries import ACTIVITIES
from warehouse.statements import statement


@dataclass(frozen=True)
class UpsertResult:
    """Number of rows inserted or changed, and the oldest time of change among them."""

    rows: int
    oldest: datetime | None

    def __add__(self, other: "UpsertResult") -> "UpsertResult":
        instants = [instant for instant in (self.oldest, other.oldest) if instant is not None]
        return UpsertResult(self.rows + other.rows, min(instants, default=None))


def upsert(connection: psycopg.Connection, columns: list[str], target: Target) -> UpsertResult:
    """Writes the rows that differ; `columns` are those of the file's header."""
    if target.name == ACTIVITIES and "id" not in columns:
        return _execute(connection, statement("crm/csv_import/sql/import_new_activities.sql"))
    ours = [name for name in columns if name not in ("id", target.changed_at)]
    theirs = [target.names[name] for name in ours]
    parts = {
        "table": target.table,
        "file": target.staging,
        "id": sql.Identifier(target.names["id"]),
        "changed_at": sql.Identifier(target.names[target.changed_at]),
        "changed_in_file": sql.Identifier(target.changed_at),
    }
    if target.name == ACTIVITIES:
        connection.execute(statement("crm/csv_import/sql/import_next_activity_id.sql"))
    update = statement(
        "crm/csv_import/sql/import_changed.sql",
        assignments=sql.SQL(", ").join(
            sql.SQL("{} = incoming.{}").format(sql.Identifier(their), sql.Identifier(our))
            for their, our in zip(theirs, ours, strict=True)
        ),
        stored=identifiers(theirs, "stored"),
        incoming=identifiers(ours, "incoming"),
        **parts,
    )
    insert = statement(
        "crm/csv_import/sql/import_new.sql",
        columns=identifiers([target.names["id"], *theirs]),
        incoming=identifiers(["id", *ours], "incoming"),
        instants=identifiers(target.instants, "incoming"),
        **parts,
    )
    return _execute(connection, update) + _execute(connection, insert)


def _execute(connection: psycopg.Connection, command: sql.Composed) -> UpsertResult:
    """Runs a command that returns the time of change of each row it wrote."""
    row = connection.execute(
        statement("crm/csv_import/sql/import_written.sql", command=command)
    ).fetchone()
    assert row is not None
    return UpsertResult(*row)
