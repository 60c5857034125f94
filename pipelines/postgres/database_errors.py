"""Errors of a database that is read through DuckDB, as one line each."""

import re

import duckdb
import psycopg
from psycopg import sql

from warehouse.connect import CONNECT_SECONDS

# SQLSTATE classes that a retry of the same query cannot cure: not supported, bad data, no such
# database or schema, no such column or table, no permission.
PERMANENT = ("0A", "22", "3D", "3F", "42")


class UnreachableError(RuntimeError):
    """The database is down, or the connection was refused or lost."""


class RefusedError(RuntimeError):
    """The server rejects the query, and would reject it again."""


def failure(
    error: duckdb.Error, url: str, name: str, query: sql.Composable, reading: str | None = None
) -> UnreachableError | RefusedError:
    """Returns the error of a query as one of the two.

    DuckDB reports only a message, in the server's language, so psycopg runs the query again for its
    SQLSTATE. `name` is the database, `reading` the table that was read.
    """
    place = f", while reading {reading}" if reading else ""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.read_only = True
            copy_all = sql.SQL("copy (\n{}\n) to stdout").format(query)
            with connection.cursor().copy(copy_all) as rows:
                for _ in rows:
                    pass
    except psycopg.Error as psycopg_error:
        if (psycopg_error.sqlstate or "").startswith(PERMANENT):
            return RefusedError(f"{name} database: {psycopg_error.diag.message_primary}{place}")
    return UnreachableError(f"{name} database: {reason(error)}{place}")


def reason(error: Exception) -> str:
    """Returns the line of DuckDB's error that says what is wrong, without the connection string."""
    text = re.sub(r'at "[^"]*"|postgres(ql)?://\S+', "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    causes = [line for line in lines if "ERROR:" in line or "FATAL:" in line or "refused" in line]
    line = (causes or lines)[0]
    for mark in ("FATAL:", "ERROR:", "failed:"):
        if mark in line:
            return line.split(mark, 1)[1].strip()
    return line
