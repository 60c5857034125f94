"""Who travels together to one database, and what is tried again when a connection was lost."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from api.round_trip import Trip, in_one_round_trip

# Each waits for those ahead of it on their connection. With 16 clients a turn of the loop brings
# several, and half as many at most cost a tenth of the answers a second.
MOST_TOGETHER = 8


class SharedTrips:
    """Trips that are asked for in the same turn of the event loop share a connection."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._leaving: list[Trip] | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    def share(self, trip: Trip) -> None:
        """Sends a trip with whatever else is asked for in this turn."""
        if self._leaving is None or len(self._leaving) == MOST_TOGETHER:
            self._leaving = []
            self._start(self._leave(self._leaving))
        self._leaving.append(trip)

    def alone(self, trip: Trip) -> None:
        """Sends a trip with a transaction of its own making."""
        self._start(self._carry([trip]))

    async def _leave(self, trips: list[Trip]) -> None:
        if self._leaving is trips:
            self._leaving = None
        await self._carry(trips)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, trips: Sequence[Trip]) -> None:
        """Brings each trip to its rows or its error; on a second connection where one broke."""
        try:
            await self._once(trips)
            if lost := [trip for trip in trips if is_connection_lost(trip.error)]:
                # A restarted database has broken every idle connection, not only this one.
                await self._pool.check()
                await self._once(lost)
        finally:
            for trip in trips:
                trip.settle()

    async def _once(self, trips: Sequence[Trip]) -> None:
        try:
            async with self._pool.connection() as connection:
                await in_one_round_trip(connection, trips)
                if outdated := [trip for trip in trips if trip.is_outdated]:
                    # An upgrade has changed a table's columns: it is all prepared anew.
                    await connection.rollback()
                    await in_one_round_trip(connection, outdated)
        except Exception as error:
            # Told to each who waits for it.
            for trip in trips:
                if trip.error is None or trip.is_outdated:
                    trip.fail(error)


def is_connection_lost(error: Exception | None) -> bool:
    """True for a connection that broke, or that an administrator's shutdown (57P..) ended."""
    if isinstance(error, PoolTimeout) or not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith("57P")
