"""Connections of the API's own role to one database, where every transaction runs as one agent."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from api.errors import UnavailableError
from api.round_trip import Trip
from api.shared_trips import SharedTrips
from api.statements import Statement
from api.telemetry.traces import span


class JsonLoader(Loader):
    """JSON that Postgres has made stays as it is written."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


Rows = Mapping[str, list[DictRow]]
T = TypeVar("T")
Run = Callable[[Statement, Mapping[str, object]], Awaitable[list[DictRow]]]
"""Runs one statement of a transaction."""

READ = b"begin isolation level repeatable read read only"
AS_AGENT = b"set_config('analytics.agent_id', %(agent_id)s, true)"
BECOME_AGENT = b"select " + AS_AGENT
COMMIT = b"commit"
LIMIT_WAITING = "select set_config('lock_timeout', '1s', true)"
POOL_SECONDS = 2.0
# Away, silent, or one that takes no writes.
DOWN = (psycopg.OperationalError, psycopg.InterfaceError, ReadOnlySqlTransaction, TimeoutError)
CONNECTION: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "application_name": "agent-analytics-api",
    # JSON is passed on as its bytes are.
    "client_encoding": "utf8",
}


class AgentPool:
    """A pool that starts without its database, and raises `down` while that does not answer."""

    def __init__(self, url: str, down: type[UnavailableError], connections: int = 10) -> None:
        self._down = down
        # A short reconnect_timeout keeps the pool's growing pauses short: after an outage of
        # any length the next request brings the connections back within a second.
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[DictRow]] = AsyncConnectionPool(
            url,
            # A psycopg that prepares also forgets, and what reads have prepared with its own.
            kwargs={**CONNECTION, "row_factory": dict_row, "prepare_threshold": None},
            configure=_configure,
            min_size=2,
            max_size=connections,
            timeout=POOL_SECONDS,
            reconnect_timeout=POOL_SECONDS,
            open=False,
        )
        self._trips = SharedTrips(self._pool)

    async def __aenter__(self) -> Self:
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    def stats(self) -> dict[str, int]:
        """What psycopg counts of its pool."""
        return self._pool.get_stats()

    async def read(
        self,
        agent: str,
        statements: Iterable[Statement],
        parameters: Mapping[str, object],
        patience_seconds: float,
    ) -> Rows:
        """The rows of each statement for this agent, of one snapshot, in one round trip."""
        statements = tuple(statements)
        bound = {**parameters, "agent_id": agent}
        asked = [(statement.sql(), bound) for statement in statements]
        trip = Trip([(READ, {}), (BECOME_AGENT, bound), *asked, (COMMIT, {})])
        self._trips.alone(trip)
        _, _, *rows, _ = await self._answer(trip, patience_seconds)
        return {statement.name: found for statement, found in zip(statements, rows, strict=True)}

    async def read_beside(
        self,
        agent: str,
        common: Statement,
        statement: Statement,
        parameters: Mapping[str, object],
        patience_seconds: float,
    ) -> list[DictRow]:
        """The rows of `common`, which are nobody's, of one snapshot with this agent's one row.

        That is a JSON object in `members`, of what the row of `statement` has in its columns.
        """
        trip = Trip([(beside(common, statement), {**parameters, "agent_id": agent})])
        self._trips.share(trip)
        [rows] = await self._answer(trip, patience_seconds)
        return rows

    async def write(
        self, agent: str, work: Callable[[Run], Awaitable[T]], patience_seconds: float
    ) -> T:
        """What `work` returns; all that it runs is one transaction of this agent, done once."""
        return await answered_within(patience_seconds, self._write(agent, work), self._down)

    async def _answer(self, trip: Trip, patience_seconds: float) -> list[list[DictRow]]:
        """The rows of a trip that has set out; one that is late is left behind."""
        late = asyncio.get_running_loop().call_later(patience_seconds, trip.expire)
        try:
            with span("pool read", {"db.system.name": "postgresql"}):
                return await trip.rows
        except DOWN as error:
            raise self._down from error
        finally:
            late.cancel()

    async def _write(self, agent: str, work: Callable[[Run], Awaitable[T]]) -> T:
        # A write whose connection breaks may have been committed and is not tried again: an
        # empty transaction finds the broken connections before it.
        empty = Trip([(READ, {}), (COMMIT, {})])
        self._trips.alone(empty)
        await empty.rows
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(BECOME_AGENT, {"agent_id": agent})
            await connection.execute(LIMIT_WAITING)

            async def run(statement: Statement, parameters: Mapping[str, object]) -> list[DictRow]:
                bound = {**parameters, "agent_id": agent}
                cursor = await connection.execute(statement.sql(), bound)
                return await cursor.fetchall() if cursor.description else []

            return await work(run)


@functools.cache
def beside(common: Statement, statement: Statement) -> bytes:
    """Both as one statement, which is its own transaction and its own snapshot.

    Of a CASE the condition comes first, and the rows are not looked for before it holds: whose
    they are is known by then. Were it otherwise, row-level security would show none.
    """
    return b"".join(
        [
            b"select common.*, own.members from (\n",
            common.sql(),
            b") as common cross join (select case when ",
            AS_AGENT,
            b" = %(agent_id)s then (select row_to_json(answer) from (\n",
            statement.sql(),
            b") as answer) end as members) as own",
        ]
    )


async def _configure(connection: psycopg.AsyncConnection[DictRow]) -> None:
    connection.adapters.register_loader("json", JsonLoader)


async def answered_within(
    seconds: float, call: Coroutine[Any, Any, T], down: type[UnavailableError]
) -> T:
    """The call's result, or `down` where the database is away keeps silent or takes no writes.

    A call that is late is left behind, not cancelled: cancelling asks the same silent server.
    """
    task = asyncio.create_task(call)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        raise down
    try:
        return task.result()
    except DOWN as error:
        raise down from error
