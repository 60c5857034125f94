"""Connections to a database that end in time, or with a one-line error for users."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from config.user_error import UserError

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 10
# libpq waits for as long as TCP does, a quarter of an hour and more, if the server or the network
# is lost. These parameters end the session after about a minute.
LOSS_DETECTION: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 60_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
BRIEF: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": STATEMENT_SECONDS * 1000,
}


@contextmanager
def connect_or_fail(url: str, name: str) -> Iterator[psycopg.Connection]:
    """Open an autocommit session; raises UserError, which starts with the database's `name`."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise UserError(f"{name} database: {_reason(error)}") from None
    with connection:
        yield connection


@contextmanager
def brief_session(url: str) -> Iterator[psycopg.Connection]:
    """Opens an autocommit session for short statements while another session may hang.

    Raises psycopg.OperationalError if the server is silent, or a statement waits too long.
    """
    with psycopg.connect(url, autocommit=True, **BRIEF) as connection:
        # Not in libpq's `options`, which would replace those in the URL.
        connection.execute(
            "select set_config('statement_timeout', %s, false)", [f"{STATEMENT_SECONDS}s"]
        )
        yield connection


def ensure_reachable(url: str, name: str) -> None:
    """Raises UserError if the database at `url` cannot be reached."""
    with connect_or_fail(url, name):
        pass


def _reason(error: psycopg.OperationalError) -> str:
    """Return the last line of the error: libpq reports one per address that it tried."""
    lines = [line.strip() for line in str(error).splitlines() if "failed:" in line]
    return lines[-1].removeprefix("connection failed: ") if lines else str(error).splitlines()[0]
