"""DuckDB with Postgres databases attached read-only, by an extension that comes as a wheel."""

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from psycopg import sql


class UnreachableError(RuntimeError):
    """The database is down, refuses the connection or lacks what was asked for, in one line."""


class Attachment:
    """Queries that run as they stand in the attached database and come back as DuckDB relations."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        self.connection = connection
        self.name = name

    def query(self, query: sql.Composable) -> duckdb.DuckDBPyRelation:
        """The rows of `query`, with the types that DuckDB gives them."""
        try:
            return self.connection.sql(f"from {self.scan(query)}")
        except duckdb.Error as error:
            raise UnreachableError(f"{self.name} database: {reason(error)}") from None

    def scan(self, query: sql.Composable) -> str:
        """`query` as a table function of DuckDB's SQL."""
        return f"postgres_query({quoted(self.name)}, {quoted(query.as_string())})"

    def beside(self, url: str, name: str) -> "Attachment":
        """A second database on the same connection, so that one query can read both."""
        # What is hashed as text has to be written alike by both servers.
        session = "-c%20timezone%3DUTC%20-c%20datestyle%3DISO"
        dsn = f"{url}{'&' if '?' in url else '?'}options={session}"
        try:
            self.connection.execute(f"attach {quoted(dsn)} as {name} (type postgres, read_only)")
        except duckdb.Error as error:
            raise UnreachableError(f"{name} database: {reason(error)}") from None
        return Attachment(self.connection, name)


@contextmanager
def attached(url: str, name: str) -> Iterator[Attachment]:
    """Attaches the database at `url`; `name` says in errors which one it is.

    Its plain timestamps are read as UTC. Raises UnreachableError.
    """
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    try:
        connection.execute(f"load {quoted(_scanner_extension())}")
        connection.execute("set TimeZone = 'UTC'")
        yield Attachment(connection, name).beside(url, name)
    finally:
        connection.close()


def quoted(value: object) -> str:
    """A literal of DuckDB's SQL, for the statements that bind no parameters."""
    return "'" + str(value).replace("'", "''") + "'"


def reason(error: duckdb.Error) -> str:
    """The line of a DuckDB error that says what is wrong; never the connection string."""
    text = re.sub(r'at "[^"]*"|postgres(ql)?://\S+', "", str(error))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if "ERROR:" in line or "FATAL:" in line or "refused" in line]
    line = (told or lines)[0]
    for mark in ("FATAL:", "ERROR:", "failed:"):
        if mark in line:
            return line.split(mark, 1)[1].strip()
    return line


def _scanner_extension() -> Path:
    spec = importlib.util.find_spec("duckdb_extension_postgres_scanner")
    assert spec is not None
    assert spec.origin is not None
    pattern = f"extensions/v{duckdb.__version__}/postgres_scanner.duckdb_extension"
    return next(Path(spec.origin).parent.glob(pattern))
