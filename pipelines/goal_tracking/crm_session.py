"""Sessions and short transactions in the CRM's database, with timeouts for locks and statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from warehouse.connect import CONNECT_SECONDS

LOCK_TIMEOUT = "1s"
STATEMENT_TIMEOUT = "10s"


@contextmanager
def crm_session(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Opens an autocommit session."""
    with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
        yield connection


@contextmanager
def short_transaction(crm: psycopg.Connection[Any]) -> Iterator[None]:
    """A transaction with timeouts, so that neither it nor the CRM waits long for a lock."""
    with crm.transaction():
        crm.execute(
            "select set_config('lock_timeout', %s, true),"
            " set_config('statement_timeout', %s, true)",
            [LOCK_TIMEOUT, STATEMENT_TIMEOUT],
        )
        yield


def one_line(error: psycopg.Error) -> str:
    """Returns the message of an error, without the statement."""
    return error.diag.message_primary or " ".join(str(error).split())
