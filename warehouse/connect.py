"""Connection of a command to a database, with a one-line error if it cannot be reached."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from config.user_error import UserError

CONNECT_SECONDS = 10


@contextmanager
def connect_or_fail(url: str, name: str) -> Iterator[psycopg.Connection]:
    """Open an autocommit session; raises UserError, which starts with the database's `name`."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise UserError(f"{name} database: {_reason(error)}") from None
    with connection:
        yield connection


def ensure_reachable(url: str, name: str) -> None:
    """Raises UserError if the database at `url` cannot be reached."""
    with connect_or_fail(url, name):
        pass


def _reason(error: psycopg.OperationalError) -> str:
    """Return the last line of the error: libpq reports one per address that it tried."""
    lines = [line.strip() for line in str(error).splitlines() if "failed:" in line]
    return lines[-1].removeprefix("connection failed: ") if lines else str(error).splitlines()[0]
