"""What can be wrong with a database that is read through DuckDB, in one line each."""

import re

import duckdb
import psycopg
from psycopg import sql

CONNECT_SECONDS = 10
# What a server says again of the same query: not supported, bad data, no such database or schema,
# no such column or table, no permission.
LASTING = ("0A", "22", "3D", "3F", "42")


class UnreachableError(RuntimeError):
    """An outage: the database is down, or the connection was refused or lost."""


class RefusedError(RuntimeError):
    """The server refuses what was asked, and would refuse it again."""


def failure(
    error: duckdb.Error, url: str, name: str, query: sql.Composable, reading: str | None = None
) -> UnreachableError | RefusedError:
    """Which of the two the error of a query is.

    DuckDB passes on a text in the server's language, so the server is asked once more for its
    code. `name` says which database it is, `reading` which table was read.
    """
    place = f", while reading {reading}" if reading else ""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.read_only = True
            everything = sql.SQL("copy (\n{}\n) to stdout").format(query)
            with connection.cursor().copy(everything) as rows:
                for _ in rows:
                    pass
    except psycopg.Error as found:
        if (found.sqlstate or "").startswith(LASTING):
            return RefusedError(f"{name} database: {found.diag.message_primary}{place}")
    return UnreachableError(f"{name} database: {reason(error)}{place}")


def reason(error: Exception) -> str:
    """The line of an error of DuckDB's that says what is wrong; never the connection string."""
    text = re.sub(r'at "[^"]*"|postgres(ql)?://\S+', "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if "ERROR:" in line or "FATAL:" in line or "refused" in line]
    line = (told or lines)[0]
    for mark in ("FATAL:", "ERROR:", "failed:"):
        if mark in line:
            return line.split(mark, 1)[1].strip()
    return line
