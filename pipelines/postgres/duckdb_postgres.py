"""DuckDB-to-Postgres connections: databases attached read-only, by the extension from a wheel."""

import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from psycopg import sql

from pipelines.postgres.database_errors import UnreachableError, failure, reason
from warehouse.urls import with_options

# Limit of DuckDB's memory for the rows that pass through it.
MEMORY = "1GB"


class AttachedPostgres:
    """An attached database. Queries run in it unchanged and return DuckDB relations."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, url: str, name: str, time_zone: str
    ) -> None:
        self.connection = connection
        self.url = url
        self.name = name
        self.time_zone = time_zone

    def query(self, query: sql.Composable) -> duckdb.DuckDBPyRelation:
        """Returns the rows of `query` in DuckDB's types.

        Raises UnreachableError or RefusedError.
        """
        try:
            return self.connection.sql(f"from {self.scan(query)}")
        except duckdb.Error as error:
            raise failure(error, self.url, self.name, query) from None

    def scan(self, query: sql.Composable) -> str:
        """Returns `query` as a table function of DuckDB's SQL."""
        return f"postgres_query({quoted(self.name)}, {quoted(query.as_string())})"

    def attach_also(self, url: str, name: str) -> "AttachedPostgres":
        """Attaches a second database to the same connection, so that one query can read both."""
        # Both servers must write hashed values as the same text. The session that exports a
        # snapshot idles in its transaction while others read, so Postgres must not end it.
        options = "-c datestyle=ISO -c idle_in_transaction_session_timeout=0"
        dsn = with_options(url, f"-c timezone={self.time_zone} {options}")
        try:
            self.connection.execute(f"attach {quoted(dsn)} as {name} (type postgres, read_only)")
        except duckdb.Error as error:
            raise UnreachableError(f"{name} database: {reason(error)}") from None
        return AttachedPostgres(self.connection, url, name, self.time_zone)

    @contextmanager
    def at_snapshot(self, snapshot: str) -> Iterator["AttachedPostgres"]:
        """Opens a session of its own at a snapshot that `pg_export_snapshot` exported.

        Raises UnreachableError.
        """
        with self.connection.cursor() as connection:
            take = sql.SQL("set transaction snapshot {}").format(sql.Literal(snapshot))
            try:
                connection.execute("begin")
                connection.execute(
                    f"call postgres_execute({quoted(self.name)}, {quoted(take.as_string())})"
                )
            except duckdb.Error as error:
                raise UnreachableError(f"{self.name} database: {reason(error)}") from None
            yield AttachedPostgres(connection, self.url, self.name, self.time_zone)


@contextmanager
def attached(url: str, name: str, time_zone: str = "UTC") -> Iterator[AttachedPostgres]:
    """Attaches the database at `url`; errors call it `name`.

    Timestamps without a zone are read in `time_zone`. Raises UnreachableError.
    """
    with duckdb_session() as connection:
        yield AttachedPostgres(connection, url, name, time_zone).attach_also(url, name)


@contextmanager
def duckdb_session() -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens DuckDB with its postgres extension, in UTC."""
    with duckdb_without_extension(MEMORY) as connection:
        # DuckDB scans Postgres with one thread; a second would spin on a core while it waits.
        connection.execute("set threads = 1")
        connection.execute(f"load {quoted(_scanner_extension())}")
        yield connection


@contextmanager
def duckdb_without_extension(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens DuckDB in UTC with a `memory` limit; it spills the rest to a temporary directory."""
    with (
        # DuckDB spills to the working directory by default, which a service may not write to.
        tempfile.TemporaryDirectory(prefix="agent-analytics-spill-") as spill,
        duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        ) as connection,
    ):
        connection.execute(f"set temp_directory = {quoted(spill)}")
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{memory}'")
        connection.execute("set preserve_insertion_order = false")
        yield connection


def quoted(value: object) -> str:
    """Returns a literal of DuckDB's SQL, for statements that bind no parameters."""
    return "'" + str(value).replace("'", "''") + "'"


def _scanner_extension() -> Path:
    spec = importlib.util.find_spec("duckdb_extension_postgres_scanner")
    assert spec is not None
    assert spec.origin is not None
    pattern = f"extensions/v{duckdb.__version__}/postgres_scanner.duckdb_extension"
    return next(Path(spec.origin).parent.glob(pattern))
