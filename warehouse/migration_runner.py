"""Runs migration files: one migration per database, each file a transaction with lock retries."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from config.paths import ROOT

ADVISORY_LOCK = "agent-analytics migrate"
LOCK_SECONDS = 2
LOCK_ATTEMPTS = 5
PAUSE_SECONDS = 1.0
OTHER_MIGRATION_SECONDS = 120

Names = Mapping[str, sql.Composable]


class MigrationError(RuntimeError):
    """The database cannot be migrated; the message says in one line why and what to do."""


@contextmanager
def only_migration(url: str) -> Iterator[psycopg.Connection]:
    """A session in which each file is a transaction of its own; one at a time per database."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("set statement_timeout = 0")
            connection.execute("set client_min_messages = warning")
            _wait_for_other_migration(connection)
            yield connection
    except psycopg.OperationalError as error:
        raise MigrationError(str(error).strip()) from error


def _wait_for_other_migration(connection: psycopg.Connection) -> None:
    # Tried, not awaited: a session that waits in a query would hold up a concurrent index build.
    query = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
    deadline = time.monotonic() + OTHER_MIGRATION_SECONDS
    while connection.execute(query, [ADVISORY_LOCK]).fetchone() != (True,):
        if time.monotonic() > deadline:
            raise MigrationError("another migration of this database is running: try again later")
        time.sleep(0.1)


def apply_file(connection: psycopg.Connection, file: Path, names: Names | None) -> None:
    """Runs a file in one transaction; `names` fill its placeholders, None means it has none.

    A file that names the API role is left out where there is none.
    """
    text = _template(file)
    if names is None:
        statement: sql.Composable = text
    elif "{api_role" in text.as_string() and "api_role" not in names:
        return
    else:
        statement = text.format(**names)
    set_lock_timeout(connection, LOCK_SECONDS)
    retry_on_lock(file, partial(connection.execute, statement))


def _template(file: Path) -> sql.SQL:
    return sql.SQL(file.read_text(encoding="utf-8"))


def set_lock_timeout(connection: psycopg.Connection, seconds: int) -> None:
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{seconds}s"])


def retry_on_lock(file: Path, action: Callable[[], object]) -> None:
    name = file.relative_to(ROOT)
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            action()
            return
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            if attempt == LOCK_ATTEMPTS:
                raise MigrationError(
                    f"{name}: another session kept a table locked through {attempt} attempts:"
                    " migrate again when it has ended"
                ) from error
            time.sleep(PAUSE_SECONDS)
        except psycopg.Error as error:
            message = error.diag.message_primary or str(error).strip()
            raise MigrationError(f"{name}: {message}") from error


def api_names(connection: psycopg.Connection, api_url: str) -> dict[str, sql.Composable]:
    """Placeholders of the API's role, none where there is no URL."""
    if not api_url:
        return {}
    parameters = conninfo_to_dict(api_url)
    role, password = str(parameters.get("user") or ""), parameters.get("password")
    if not role:
        raise MigrationError("the API's database URL names no user")
    verifier = None
    if password:  # sent as a SCRAM verifier, so that no server log ever shows it
        verifier = connection.pgconn.encrypt_password(
            str(password).encode(), role.encode(), b"scram-sha-256"
        ).decode()
    return {
        "api_role": sql.Identifier(role),
        "api_role_name": sql.Literal(role),
        "api_password": sql.Literal(verifier),
    }
