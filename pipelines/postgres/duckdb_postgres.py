"""DuckDB with Postgres databases attached read-only, by an extension that comes as a wheel."""

import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from psycopg import sql

from pipelines.postgres.database_errors import UnreachableError, failure, reason
from warehouse.urls import with_options

# What DuckDB may hold of the rows that pass through it.
MEMORY = "1GB"


class AttachedPostgres:
    """Queries that run as they stand in the attached database and come back as DuckDB relations."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, url: str, name: str, time_zone: str
    ) -> None:
        self.connection = connection
        self.url = url
        self.name = name
        self.time_zone = time_zone

    def query(self, query: sql.Composable) -> duckdb.DuckDBPyRelation:
        """The rows of `query`, with the types that DuckDB gives them.

        Raises UnreachableError or RefusedError.
        """
        try:
            return self.connection.sql(f"from {self.scan(query)}")
        except duckdb.Error as error:
            raise failure(error, self.url, self.name, query) from None

    def scan(self, query: sql.Composable) -> str:
        """`query` as a table function of DuckDB's SQL."""
        return f"postgres_query({quoted(self.name)}, {quoted(query.as_string())})"

    def beside(self, url: str, name: str) -> "AttachedPostgres":
        """A second database on the same connection, so that one query can read both."""
        # What is hashed as text has to be written alike by both servers; the session that keeps a
        # snapshot for others says nothing for as long as they read.
        options = "-c datestyle=ISO -c idle_in_transaction_session_timeout=0"
        dsn = with_options(url, f"-c timezone={self.time_zone} {options}")
        try:
            self.connection.execute(f"attach {quoted(dsn)} as {name} (type postgres, read_only)")
        except duckdb.Error as error:
            raise UnreachableError(f"{name} database: {reason(error)}") from None
        return AttachedPostgres(self.connection, url, name, self.time_zone)

    @contextmanager
    def at_snapshot(self, snapshot: str) -> Iterator["AttachedPostgres"]:
        """A session of its own that sees the database as `pg_export_snapshot` kept it.

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
    """Attaches the database at `url`; `name` says in errors which one it is.

    Its plain timestamps are read as of `time_zone`. Raises UnreachableError.
    """
    with duckdb_session() as connection:
        yield AttachedPostgres(connection, url, name, time_zone).beside(url, name)


@contextmanager
def duckdb_session() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the extension that speaks to Postgres, in UTC."""
    with duckdb_alone(MEMORY) as connection:
        # A query of Postgres has one thread's work: a second waits for the first at full speed.
        connection.execute("set threads = 1")
        connection.execute(f"load {quoted(_scanner_extension())}")
        yield connection


@contextmanager
def duckdb_alone(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in UTC, which may hold so much `memory` and has the rest on disk."""
    with (
        # Its own default is the working directory, which a service may not write to.
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
    """A literal of DuckDB's SQL, for the statements that bind no parameters."""
    return "'" + str(value).replace("'", "''") + "'"


def _scanner_extension() -> Path:
    spec = importlib.util.find_spec("duckdb_extension_postgres_scanner")
    assert spec is not None
    assert spec.origin is not None
    pattern = f"extensions/v{duckdb.__version__}/postgres_scanner.duckdb_extension"
    return next(Path(spec.origin).parent.glob(pattern))
