"""Sessions with the CRM's database for its goals: short transactions that block no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from warehouse.connect import CONNECT_SECONDS

LOCK_TIMEOUT = "1s"
STATEMENT_TIMEOUT = "10s"


@contextmanager
def crm_session(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A session in which each statement commits unless a transaction is opened."""
    with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
        yield connection


@contextmanager
def short_transaction(crm: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction that waits only briefly for a lock of the CRM, and soon ends."""
    with crm.transaction():
        crm.execute(
            "select set_config('lock_timeout', %s, true),"
            " set_config('statement_timeout', %s, true)",
            [LOCK_TIMEOUT, STATEMENT_TIMEOUT],
        )
        yield


def one_line(error: psycopg.Error) -> str:
    """The message of an error, without the statement."""
    return error.diag.message_primary or " ".join(str(error).split())
