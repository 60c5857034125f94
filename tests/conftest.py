"""One embedded Postgres for the whole run, and fresh databases copied from migrated templates."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.support.waiting import wait_until
from warehouse.databases import Databases
from warehouse.embedded.shared_server import Server, embedded_server, is_running
from warehouse.migrate import migrate_warehouse

# A slow machine is no failure.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

SHARED_MEMORY = Path("/dev/shm")
MEMORY_BYTES = 4 * 2**30


@pytest.fixture(scope="session", autouse=True)
def own_priority() -> Iterator[None]:
    """Runs share the process of the tests, whose priority could not be raised again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipelines.resources.lower_priority", lambda: None)
        yield


class PostgresServer:
    """The test run's own server: `url` addresses a database, `database` makes one for a block."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return self.server.url(database)

    def api_url(self, database: str) -> str:
        return self.server.api_url(database)

    def execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def database(self, template: str = "template1", name: str | None = None) -> Iterator[str]:
        """The name of a new database, dropped at the end even with sessions connected.

        dbt parses its project again for each other database: a fixed `name` avoids that.
        """
        name = name or f"test_{next(self._numbers)}"
        self.execute("create database {} template {}", name, template)
        try:
            yield name
        finally:
            self.execute("drop database {} with (force)", name)


def wait_until_stopped(directory: Path) -> None:
    """Raises AssertionError if the Postgres of the directory still runs."""
    wait_until(lambda: not is_running(directory))


@pytest.fixture(scope="session")
def server_directory() -> Iterator[Path]:
    """A folder that the server's account may enter, unlike pytest's own where the user is root."""
    in_memory = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > MEMORY_BYTES
    parent = SHARED_MEMORY if in_memory else None  # a third of the time on a busy disk
    directory = Path(tempfile.mkdtemp(prefix="agent-analytics-test-", dir=parent))
    directory.chmod(0o711)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


@pytest.fixture(scope="session")
def postgres_server(server_directory: Path) -> Iterator[PostgresServer]:
    with embedded_server(server_directory / "postgres", durable=False) as server:
        yield PostgresServer(server)
    wait_until_stopped(server_directory / "postgres")


@pytest.fixture(scope="session")
def operational_template(postgres_server: PostgresServer) -> str:
    name = "operational_template"
    postgres_server.execute("create database {}", name)
    migrate_operational(postgres_server.url(name), LeadsMapping(), postgres_server.api_url(name))
    return name


@pytest.fixture(scope="session")
def warehouse_template(postgres_server: PostgresServer) -> str:
    name = "warehouse_template"
    postgres_server.execute("create database {}", name)
    migrate_warehouse(postgres_server.url(name), postgres_server.api_url(name))
    return name


@pytest.fixture
def empty_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    with postgres_server.database() as name:
        yield postgres_server.url(name)


@pytest.fixture
def operational_database(
    postgres_server: PostgresServer, operational_template: str
) -> Iterator[str]:
    """The owner's URL of a fresh, migrated operational database."""
    with postgres_server.database(operational_template) as name:
        yield postgres_server.url(name)


@pytest.fixture
def warehouse_database(postgres_server: PostgresServer, warehouse_template: str) -> Iterator[str]:
    """The owner's URL of a fresh, migrated warehouse."""
    with postgres_server.database(warehouse_template) as name:
        yield postgres_server.url(name)


@contextmanager
def fresh_databases(
    server: PostgresServer, operational: str, warehouse: str
) -> Iterator[Databases]:
    with (
        server.database(operational) as operational_name,
        server.database(warehouse) as warehouse_name,
    ):
        yield Databases(
            server.url(operational_name),
            server.url(warehouse_name),
            server.api_url(operational_name),
            server.api_url(warehouse_name),
            None,
        )


@pytest.fixture
def databases(
    postgres_server: PostgresServer, operational_template: str, warehouse_template: str
) -> Iterator[Databases]:
    """A fresh, migrated pair with the API role's own URLs; Dagster keeps to SQLite."""
    with fresh_databases(postgres_server, operational_template, warehouse_template) as pair:
        yield pair


@pytest.fixture(scope="module")
def module_databases(
    postgres_server: PostgresServer, operational_template: str, warehouse_template: str
) -> Iterator[Databases]:
    """Like `databases`, shared by the tests of one file: for what is filled once and only read."""
    with fresh_databases(postgres_server, operational_template, warehouse_template) as pair:
        yield pair


@pytest.fixture(scope="session")
def pipeline_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds the parsed dbt project, once for the whole run."""
    return tmp_path_factory.mktemp("home")
