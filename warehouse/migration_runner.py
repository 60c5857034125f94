"""Runner of migration files: one migration per database at a time, a transaction per file.

A file that cannot get a table lock in time is retried, so that a migration never blocks a database
that is in use for long.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

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
Result = TypeVar("Result")


class MigrationError(RuntimeError):
    """The database cannot be migrated; the message gives the reason in one line."""


@contextmanager
def only_migration(url: str) -> Iterator[psycopg.Connection]:
    """Open an autocommit session for a migration; waits for another migration of this database."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("set statement_timeout = 0")
            connection.execute("set client_min_messages = warning")
            _wait_for_other_migration(connection)
            yield connection
    except psycopg.OperationalError as error:
        raise MigrationError(str(error).strip()) from error


def _wait_for_other_migration(connection: psycopg.Connection) -> None:
    # Poll with pg_try_advisory_lock: a session that waits inside a query holds a snapshot, and a
    # concurrent index build would wait for it.
    query = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
    deadline = time.monotonic() + OTHER_MIGRATION_SECONDS
    while connection.execute(query, [ADVISORY_LOCK]).fetchone() != (True,):
        if time.monotonic() > deadline:
            raise MigrationError("another migration of this database is still running")
        time.sleep(0.1)


def apply_file(connection: psycopg.Connection, file: Path, names: Names | None) -> None:
    """Run a file in one transaction; `names` fill its placeholders, None means it has none.

    A file that needs the API role is skipped if `names` lacks it.
    """
    text = template(file)
    if names is None:
        statement: sql.Composable = text
    elif "{api_role" in text.as_string() and "api_role" not in names:
        return
    else:
        statement = text.format(**names)
    set_lock_timeout(connection, LOCK_SECONDS)
    retry_on_lock(file, partial(connection.execute, statement))


def template(file: Path) -> sql.SQL:
    return sql.SQL(file.read_text(encoding="utf-8"))


def set_lock_timeout(connection: psycopg.Connection, seconds: int) -> None:
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{seconds}s"])


def retry_on_lock(file: Path, action: Callable[[], Result]) -> Result:
    """Run the action, with retries if a lock is not available; raises MigrationError.

    The action must not be a part of a transaction: after an error Postgres accepts no statement
    until the transaction is rolled back.
    """
    name = file.relative_to(ROOT)
    for attempt in count(1):
        try:
            return action()
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            if attempt == LOCK_ATTEMPTS:
                raise MigrationError(
                    f"{name}: a table is locked by another session"
                    f" (gave up after {attempt} attempts): run migrate again later"
                ) from error
            time.sleep(PAUSE_SECONDS)
        except psycopg.Error as error:
            message = error.diag.message_primary or str(error).strip()
            raise MigrationError(f"{name}: {message}") from error
    raise AssertionError("the last attempt returns or raises")


def api_names(connection: psycopg.Connection, api_url: str) -> dict[str, sql.Composable]:
    """Return the placeholders for the API role, none without a URL."""
    if not api_url:
        return {}
    parameters = conninfo_to_dict(api_url)
    role, password = str(parameters.get("user") or ""), parameters.get("password")
    if not role:
        raise MigrationError("the API's database URL has no user")
    verifier = None
    if password:  # sent as a SCRAM verifier: the server may log the statement
        verifier = connection.pgconn.encrypt_password(
            str(password).encode(), role.encode(), b"scram-sha-256"
        ).decode()
    return {
        "api_role": sql.Identifier(role),
        "api_role_name": sql.Literal(role),
        "api_password": sql.Literal(verifier),
    }
