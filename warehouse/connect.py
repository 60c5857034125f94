"""The first connection of a command to a database, refused in one line where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from config.user_error import UserError

CONNECT_SECONDS = 10


@contextmanager
def connect_or_fail(url: str, name: str) -> Iterator[psycopg.Connection]:
    """A session that commits each statement; `name` tells in the refusal which database it is."""
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise UserError(f"{name} database: {_reason(error)}") from None
    with connection:
        yield connection


def ensure_reachable(url: str, name: str) -> None:
    """UserError where the database at `url` cannot be reached."""
    with connect_or_fail(url, name):
        pass


def _reason(error: psycopg.OperationalError) -> str:
    """libpq has a line for each address that it tried; the last one is as good as any."""
    lines = [line.strip() for line in str(error).splitlines() if "failed:" in line]
    return lines[-1].removeprefix("connection failed: ") if lines else str(error).splitlines()[0]
