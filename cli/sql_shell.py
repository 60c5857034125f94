"""Read-only SQL shell: DuckDB over lake and warehouse, with a prompt on a terminal."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from config.user_error import UserError
from crm.sources.change_queries import SOURCE_TABLES
from pipelines.postgres.database_errors import UnreachableError, reason
from pipelines.postgres.duckdb_postgres import attached, quoted
from warehouse.urls import with_options

Format = Literal["table", "json", "csv"]
ROWS_SHOWN = 1000
ONLY_SELECT = "only SELECT, FROM, DESCRIBE, SHOW and SUMMARIZE can be run here"


@contextmanager
def read_only_session(warehouse_url: str, lake: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens DuckDB with `warehouse.<schema>.<table>` and, for tables with files, `lake.<table>`.

    No file outside the lake can be opened and no setting changed. Raises UserError.
    """
    read_only = with_options(warehouse_url, "-c default_transaction_read_only=on")
    try:
        with attached(read_only, "warehouse") as warehouse:
            connection = warehouse.connection
            # Most reads here are of files, which DuckDB reads with a thread per processor.
            connection.execute("reset threads")
            connection.execute("create schema lake")
            for table in SOURCE_TABLES:
                if any((lake / table).glob("*/*.parquet")):
                    files = quoted(lake / table / "*" / "*.parquet")
                    connection.execute(
                        f"create view lake.{table} as from"
                        f" read_parquet({files}, hive_partitioning = true, union_by_name = true)"
                    )
            connection.execute(f"set allowed_directories = [{quoted(lake)}]")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            yield connection
    except UnreachableError as error:
        raise UserError(str(error)) from None


def run(connection: duckdb.DuckDBPyConnection, text: str, form: Format) -> None:
    """Prints the rows of each statement in `text`. Runs nothing unless all statements are selects.

    Raises UserError.
    """
    try:
        statements = connection.extract_statements(text)
        if any(parsed.type != duckdb.StatementType.SELECT for parsed in statements):
            raise UserError(ONLY_SELECT)
        for parsed in statements:
            _print(connection.sql(parsed.query), form)
    except duckdb.Error as error:
        raise UserError(reason(error)) from None


def repl(connection: duckdb.DuckDBPyConnection, form: Format) -> None:
    """Reads statements that end with a semicolon from the terminal, until end of file."""
    import readline  # noqa: F401 - gives `input` its editing and history

    print("SHOW ALL TABLES; lists the tables. Ctrl-D quits.", file=sys.stderr)
    lines: list[str] = []
    while True:
        try:
            lines.append(input("   ... " if lines else "sql> "))
        except KeyboardInterrupt:
            print(file=sys.stderr)
            lines = []
            continue
        except EOFError:
            print(file=sys.stderr)
            return
        if not lines[-1].rstrip().endswith(";"):
            continue
        try:
            run(connection, "\n".join(lines), form)
        except UserError as error:
            print(f"error: {error}", file=sys.stderr)
        lines = []


def _print(rows: duckdb.DuckDBPyRelation, form: Format) -> None:
    if form == "table":
        rows.show(max_rows=ROWS_SHOWN)
    elif form == "json":
        records = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
        print(json.dumps(records, default=_number_or_text))
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.columns)
        writer.writerows(rows.fetchall())


def _number_or_text(value: object) -> float | str:
    return float(value) if isinstance(value, Decimal) else str(value)
