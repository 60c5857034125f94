"""Whose rows: the one way to the warehouse, always as one agent, always from one build."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg.rows import DictRow, class_row, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from api.builds import Build
from api.errors import NoBuildPublishedError, WarehouseDownError
from api.statements import BUILD, Statement

Rows = Mapping[str, list[DictRow]]
T = TypeVar("T")

BEGIN = "begin isolation level repeatable read read only"
BECOME_AGENT = "select set_config('analytics.agent_id', %s, true)"
POOL_SECONDS = 2.0


class Read(NamedTuple):
    build: Build
    rows: Rows


class Warehouse:
    """A pool of connections of the API's own role."""

    def __init__(self, url: str, connections: int = 10) -> None:
        # A short reconnect_timeout keeps the pool's growing pauses short: after an outage of
        # any length the next request brings the connections back within a second.
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[DictRow]] = AsyncConnectionPool(
            url,
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "connect_timeout": 3,
                "tcp_user_timeout": 5000,
                "application_name": "agent-analytics-api",
            },
            min_size=2,
            max_size=connections,
            timeout=POOL_SECONDS,
            reconnect_timeout=POOL_SECONDS,
            open=False,
        )

    async def __aenter__(self) -> "Warehouse":
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def read(
        self,
        agent: str,
        statements: Iterable[Statement],
        parameters: Mapping[str, object],
        patience_seconds: float,
    ) -> Read:
        """The agent's rows of each statement, of one snapshot, in one round trip."""
        return await answered_within(
            patience_seconds, self._retried(agent, tuple(statements), parameters)
        )

    async def build(self, patience_seconds: float) -> Build:
        """The build that is served now."""
        return (await self.read("", (), {}, patience_seconds)).build

    async def _retried(
        self, agent: str, statements: tuple[Statement, ...], parameters: Mapping[str, object]
    ) -> Read:
        try:
            return await self._read(agent, statements, parameters)
        except psycopg.OperationalError as error:
            if not is_connection_lost(error):
                raise
            # A restarted warehouse has broken every idle connection, not only this one.
            await self._pool.check()
            return await self._read(agent, statements, parameters)

    async def _read(
        self, agent: str, statements: tuple[Statement, ...], parameters: Mapping[str, object]
    ) -> Read:
        bound = {**parameters, "agent_id": agent}
        async with self._pool.connection() as connection:
            async with connection.pipeline():
                await connection.execute(BEGIN)
                await connection.execute(BECOME_AGENT, [agent])
                build_cursor = connection.cursor(row_factory=class_row(Build))
                await build_cursor.execute(BUILD.sql())
                cursors = {s.name: await connection.execute(s.sql(), bound) for s in statements}
                await connection.execute("commit")
            build = await build_cursor.fetchone()
            if build is None:
                raise NoBuildPublishedError
            return Read(build, {name: await cursor.fetchall() for name, cursor in cursors.items()})


def is_connection_lost(error: psycopg.OperationalError) -> bool:
    """True for a connection that broke, or that an administrator's shutdown (57P..) ended."""
    if isinstance(error, PoolTimeout):
        return False
    return error.sqlstate is None or error.sqlstate.startswith("57P")


async def answered_within(seconds: float, call: Coroutine[Any, Any, T]) -> T:
    """The call's result, or WarehouseDownError where the warehouse is away or keeps silent.

    A call that is late is left behind, not cancelled: cancelling asks the same silent server.
    """
    task = asyncio.create_task(call)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        raise WarehouseDownError
    try:
        return task.result()
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise WarehouseDownError from error
