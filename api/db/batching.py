"""Batching of queries: those made in the same event-loop tick share one connection.

Retries a query once when its connection was lost. `pool` says why and under which invariants.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from api.db.libpq_pipeline import PendingQuery, run_pipelined

# Each waits for those ahead of it on the connection. With 16 clients a tick brings several
# queries; batches of 4 at most would cost a tenth of the answers per second.
MAX_BATCH = 8


class QueryBatcher:
    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._batch: list[PendingQuery] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, query: PendingQuery) -> None:
        """Sends a query together with whatever else is submitted in this tick."""
        if self._batch is None or len(self._batch) == MAX_BATCH:
            self._batch = []
            self._start(self._send_batch(self._batch))
        self._batch.append(query)

    def submit_alone(self, query: PendingQuery) -> None:
        """Sends a query that begins its own transaction."""
        self._start(self._run([query]))

    async def _send_batch(self, queries: list[PendingQuery]) -> None:
        # This task starts at the next tick; from here on the batch is closed.
        if self._batch is queries:
            self._batch = None
        await self._run(queries)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        # asyncio itself holds tasks weakly.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, queries: Sequence[PendingQuery]) -> None:
        """Brings each query to its rows or its error."""
        try:
            await self._attempt(queries)
            if lost := [query for query in queries if is_connection_lost(query.error)]:
                await self._pool.check()
                await self._attempt(lost)
        finally:
            for query in queries:
                query.settle()

    async def _attempt(self, queries: Sequence[PendingQuery]) -> None:
        try:
            async with self._pool.connection() as connection:
                await run_pipelined(connection, queries)
                if outdated := [query for query in queries if query.is_outdated]:
                    await connection.rollback()
                    await run_pipelined(connection, outdated)
        except Exception as error:
            for query in queries:
                if query.error is None or query.is_outdated:
                    query.fail(error)


def is_connection_lost(error: Exception | None) -> bool:
    """True for a connection that broke, or that an administrator's shutdown (57P..) ended."""
    if isinstance(error, PoolTimeout) or not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith("57P")
