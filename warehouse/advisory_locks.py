"""Advisory locks of the warehouse: load of a source table, build, dry run.

Postgres releases the locks of a session that ends, so a killed process needs no clean-up.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

BUILD = "agent-analytics build"
SCRATCH = "agent-analytics scratch database"
DAGSTER_STORAGE = "agent-analytics dagster storage"


@contextmanager
def table_lock(connection: psycopg.Connection, table: str) -> Iterator[None]:
    """Hold from before the source snapshot to the end of the load, so that loads run in order."""
    with _session_lock(connection, f"agent-analytics raw.{table}", shared=False):
        yield


@contextmanager
def raw_writer(connection: psycopg.Connection) -> Iterator[None]:
    """Hold while a load writes raw; waits for a build that reads it."""
    with _session_lock(connection, BUILD, shared=True):
        yield


def take_build_lock(connection: psycopg.Connection) -> None:
    """Block other builds, and writers of raw, until the end of the session."""
    connection.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [BUILD])


@contextmanager
def scratch_lock(connection: psycopg.Connection) -> Iterator[bool]:
    """Hold while a scratch copy of the warehouse exists; yields False if another session has it."""
    query = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
    if connection.execute(query, [SCRATCH]).fetchone() != (True,):
        yield False
        return
    try:
        yield True
    finally:
        _unlock(connection, SCRATCH, "")


@contextmanager
def dagster_storage_lock(connection: psycopg.Connection) -> Iterator[None]:
    """Held while a process opens Dagster's storage, which creates the tables that are missing."""
    with _session_lock(connection, DAGSTER_STORAGE, shared=False):
        yield


@contextmanager
def _session_lock(connection: psycopg.Connection, name: str, *, shared: bool) -> Iterator[None]:
    kind = "_shared" if shared else ""
    connection.execute(f"select pg_advisory_lock{kind}(hashtextextended(%s, 0))", [name])
    try:
        yield
    finally:
        _unlock(connection, name, kind)


def _unlock(connection: psycopg.Connection, name: str, kind: str) -> None:
    if not connection.closed and not connection.broken:
        connection.execute(f"select pg_advisory_unlock{kind}(hashtextextended(%s, 0))", [name])
