"""Loader of reference data into raw: writes rows that differ, and records what they change.

A changed row changes the agent-days that the file's statement in `sql/` selects. It runs before and
after the change, and finds the differing rows of both sides in `changed_<table>`.
"""

import psycopg
from psycopg import sql

from pipelines.ingestion.reference_data.files import FILES
from pipelines.ingestion.reference_data.reader import ReferenceChanges
from warehouse.statements import statement

FOLDER = "pipelines/ingestion/reference_data/sql"


def load_reference_data(
    connection: psycopg.Connection,
    changes: ReferenceChanges,
    load_id: str,
    time_zone: str,
    currency: str | None,
) -> dict[str, int]:
    """Brings the tables of changed files to these in the caller's transaction.

    Returns the number of rows that differed, by table. `currency`: that of all served amounts, None
    if amounts are not converted.
    """
    if not changes.rows:
        return {}
    record_changes = sql.SQL(";\n").join(
        statement(
            f"{FOLDER}/{FILES[table].changed_days}.sql",
            changed=_names(table)["changed"],
            load_id=sql.Literal(load_id),
            time_zone=sql.Literal(time_zone),
            currency=sql.Literal(currency),
        )
        for table in changes.rows
    )
    for table, rows in changes.rows.items():
        _stage(connection, table, rows)
    connection.execute(record_changes)
    counts = {table: _replace(connection, table) for table in changes.rows}
    connection.execute(record_changes)
    for table, digest in changes.digests.items():
        connection.execute(
            "insert into state.reference_data (table_name, digest, loaded_at)"
            " values (%s, %s, now()) on conflict (table_name) do update set"
            " digest = excluded.digest, loaded_at = excluded.loaded_at",
            [table, digest],
        )
        connection.execute(sql.SQL("drop table {incoming}, {changed}").format(**_names(table)))
    return counts


def _stage(connection: psycopg.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Copies the file's rows to `incoming_<table>`, and those that differ to `changed_<table>`."""
    names = _names(table)
    connection.execute(
        sql.SQL("create temporary table {incoming} (like {stored}) on commit drop").format(**names)
    )
    columns = sql.SQL(", ").join(map(sql.Identifier, FILES[table].columns))
    copy = sql.SQL("copy {} ({}) from stdin").format(names["incoming"], columns)
    with connection.cursor() as cursor, cursor.copy(copy) as copying:
        for row in rows:
            copying.write_row(row)
    connection.execute(statement(f"{FOLDER}/changed_rows.sql", **names))


def _replace(connection: psycopg.Connection, table: str) -> int:
    names = _names(table)
    connection.execute(statement(f"{FOLDER}/replace_rows.sql", **names))
    connection.execute(sql.SQL("analyze {stored}").format(**names))
    row = connection.execute(sql.SQL("select count(*) from {changed}").format(**names)).fetchone()
    assert row is not None
    return int(row[0])


def _names(table: str) -> dict[str, sql.Composable]:
    return {
        "stored": sql.Identifier("raw", table),
        "incoming": sql.Identifier(f"incoming_{table}"),
        "changed": sql.Identifier(f"changed_{table}"),
        "key": sql.SQL(", ").join(map(sql.Identifier, FILES[table].required_key)),
    }
