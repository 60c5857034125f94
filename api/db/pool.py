"""Connection pool of the API's own role: the one door to a database, always as one agent.

Behind it, queries are pipelined (`libpq_pipeline`) and batched (`batching`). A `kpis` that is not
cached is answered 2.3 times as often as with one psycopg cursor per statement. The price is a set
of invariants that no other module may break:

* **One agent per transaction.** Each transaction sets `analytics.agent_id` for itself alone
  (`set_config(..., true)`); row-level security shows it that agent's rows. Before and after it,
  a connection shows none.
* **One snapshot per read.** `read` sends BEGIN (repeatable read, read only), the agent, every
  statement and COMMIT in one pipeline, so in one round trip. `read_members` is a single statement,
  which is its own transaction and snapshot.
* **Shared connections, separate transactions.** Reads of `read_members` that are made in the same
  tick of the event loop share a connection, 8 at most. A pipeline sync ends each, so each fails
  alone. A `read` begins a transaction of its own, so it has a connection for itself.
* **Prepared once per connection.** The names are ours. psycopg's own cache of prepared statements
  is off, because its eviction (DEALLOCATE ALL) would drop ours too. A changed table (an upgrade)
  outdates a statement; it is prepared again and the read repeated.
* **No reader gets rows of another.** A pipeline that raises or is cancelled half-way closes its
  connection.
* **Reads are retried once** where the connection was lost; a restarted database has broken every
  idle connection, so the pool checks them all first. Writes are never retried, as the lost one may
  have been committed; an empty transaction before each finds broken connections instead.
* **A late query is abandoned, not cancelled.** Cancelling would ask the same silent server. Its
  connection goes back to the pool when the answer arrives, or is closed.
"""

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

from api.db.batching import QueryBatcher
from api.db.libpq_pipeline import PendingQuery
from api.db.statements import Statement
from api.http.errors import UnavailableError
from api.observability.traces import span


class JsonLoader(Loader):
    """Keeps JSON as Postgres wrote it."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


Rows = Mapping[str, list[DictRow]]
T = TypeVar("T")
Run = Callable[[Statement, Mapping[str, object]], Awaitable[list[DictRow]]]
"""Runs one statement of a transaction."""

BEGIN_READ = b"begin isolation level repeatable read read only"
AS_AGENT = b"set_config('analytics.agent_id', %(agent_id)s, true)"
BECOME_AGENT = b"select " + AS_AGENT
COMMIT = b"commit"
LIMIT_LOCK_WAIT = "select set_config('lock_timeout', '1s', true)"
CONNECT_SECONDS = 3
POOL_SECONDS = 2.0
# The database is away, silent, or takes no writes.
UNAVAILABLE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    ReadOnlySqlTransaction,
    TimeoutError,
)
CONNECTION: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 5000,
    "application_name": "agent-analytics-api",
    # JSON is passed on byte by byte, and the API answers in UTF-8.
    "client_encoding": "utf8",
}


class AgentPool:
    """A pool that opens without its database, and raises `down` while that does not answer."""

    def __init__(self, url: str, down: type[UnavailableError], connections: int = 10) -> None:
        self._down = down
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[DictRow]] = AsyncConnectionPool(
            url,
            kwargs={**CONNECTION, "row_factory": dict_row, "prepare_threshold": None},
            configure=_configure,
            min_size=2,
            max_size=connections,
            timeout=POOL_SECONDS,
            # psycopg_pool doubles its pause between attempts up to this: after an outage of any
            # length the next request finds connections again within a second.
            reconnect_timeout=POOL_SECONDS,
            open=False,
        )
        self._batcher = QueryBatcher(self._pool)

    async def __aenter__(self) -> Self:
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    def stats(self) -> dict[str, int]:
        """psycopg's counts of the pool."""
        return self._pool.get_stats()

    async def read(
        self,
        agent: str,
        statements: Iterable[Statement],
        parameters: Mapping[str, object],
        timeout_seconds: float,
    ) -> Rows:
        """The rows of each statement for this agent, of one snapshot, in one round trip."""
        statements = tuple(statements)
        bound = {**parameters, "agent_id": agent}
        own = [(statement.sql(), bound) for statement in statements]
        query = PendingQuery([(BEGIN_READ, {}), (BECOME_AGENT, bound), *own, (COMMIT, {})])
        self._batcher.submit_alone(query)
        _, _, *results, _ = await self._rows_of(query, timeout_seconds)
        return {statement.name: rows for statement, rows in zip(statements, results, strict=True)}

    async def read_members(
        self,
        agent: str,
        common: Statement,
        statement: Statement,
        parameters: Mapping[str, object],
        timeout_seconds: float,
    ) -> list[DictRow]:
        """The rows of `common`, which belong to no agent, of one snapshot with this agent's row.

        The agent's one row of `statement` is in `members`: a JSON object of its columns.
        """
        bound = {**parameters, "agent_id": agent}
        query = PendingQuery([(with_members_of(common, statement), bound)])
        self._batcher.submit(query)
        [rows] = await self._rows_of(query, timeout_seconds)
        return rows

    async def write(
        self, agent: str, work: Callable[[Run], Awaitable[T]], timeout_seconds: float
    ) -> T:
        """The result of `work`, whose statements are one transaction of this agent."""
        return await answered_within(timeout_seconds, self._write(agent, work), self._down)

    async def _rows_of(self, query: PendingQuery, timeout_seconds: float) -> list[list[DictRow]]:
        timeout = asyncio.get_running_loop().call_later(timeout_seconds, query.time_out)
        try:
            with span("pool read", {"db.system.name": "postgresql"}):
                return await query.rows
        except UNAVAILABLE as error:
            raise self._down from error
        finally:
            timeout.cancel()

    async def _write(self, agent: str, work: Callable[[Run], Awaitable[T]]) -> T:
        probe = PendingQuery([(BEGIN_READ, {}), (COMMIT, {})])
        self._batcher.submit_alone(probe)
        await probe.rows
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(BECOME_AGENT, {"agent_id": agent})
            await connection.execute(LIMIT_LOCK_WAIT)

            async def run(statement: Statement, parameters: Mapping[str, object]) -> list[DictRow]:
                bound = {**parameters, "agent_id": agent}
                cursor = await connection.execute(statement.sql(), bound)
                return await cursor.fetchall() if cursor.description else []

            return await work(run)


@functools.cache
def with_members_of(common: Statement, statement: Statement) -> bytes:
    """Both statements as one, which is its own transaction and its own snapshot.

    CASE evaluates its condition first, so the agent id is set before the rows are read. If it
    were not, row-level security would return no rows.
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
    timeout_seconds: float, call: Coroutine[Any, Any, T], down: type[UnavailableError]
) -> T:
    """The call's result, or `down` where the database is away, silent, or takes no writes."""
    task = asyncio.create_task(call)
    done, _ = await asyncio.wait({task}, timeout=timeout_seconds)
    if not done:
        # Abandoned: the callback retrieves the exception, so that asyncio does not report it.
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        raise down
    try:
        return task.result()
    except UNAVAILABLE as error:
        raise down from error
