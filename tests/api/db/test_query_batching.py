"""Batched queries of several agents share a connection and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from api.db.batching import MAX_BATCH
from api.db.pool import AgentPool
from api.db.statements import BUILD, Statement
from api.http.errors import WarehouseDownError
from tests.support.servers.api_server import fill, unfiltered
from tests.support.waiting import PATIENCE
from warehouse.databases import Databases

CONNECTION = unfiltered("select pg_backend_pid() as pid, %(agent_id)s::text as agent")
SLOW = unfiltered("select pg_sleep(3) is null as slept")
WIDENED = unfiltered("select counted as rows from public.counted")
AGENTS = [f"agent-{number}" for number in range(MAX_BATCH)]


def with_pool(databases: Databases, read: Callable[[AgentPool], Awaitable[None]]) -> None:
    async def run() -> None:
        async with AgentPool(databases.api_warehouse, WarehouseDownError) as pool:
            await read(pool)

    asyncio.run(run())


async def members(
    pool: AgentPool, agent: str, statement: Statement, seconds: float = PATIENCE
) -> bytes:
    [row] = await pool.read_members(agent, BUILD, statement, {}, seconds)
    found: bytes = row["members"]
    return found


async def connections(pool: AgentPool, agents: list[str]) -> list[str]:
    """Returns the connection that answered each agent; checks that each got its own answer."""
    answers = await asyncio.gather(*(members(pool, agent, CONNECTION) for agent in agents))
    pids = []
    for agent, answer in zip(agents, answers, strict=True):
        pid, _, whose = answer.decode().removeprefix('{"pid":').partition(',"agent":')
        assert whose == f'"{agent}"}}'
        pids.append(pid)
    return pids


@pytest.fixture
def filled(databases: Databases) -> Databases:
    fill(databases.warehouse)
    return databases


def test_so_many_share_a_connection_and_the_next_has_another(filled: Databases) -> None:
    async def read(pool: AgentPool) -> None:
        assert len(set(await connections(pool, AGENTS))) == 1
        pids = await connections(pool, [*AGENTS, "one-more"])
        assert len(set(pids[:-1])) == 1
        assert pids[-1] not in pids[:-1]

    with_pool(filled, read)


def test_batched_queries_survive_a_restart(filled: Databases) -> None:
    async def read(pool: AgentPool) -> None:
        before = await connections(pool, [*AGENTS, "one-more"])
        with psycopg.connect(filled.warehouse, autocommit=True) as owner:
            owner.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where application_name = 'agent-analytics-api'"
            )
        after = await connections(pool, [*AGENTS, "one-more"])
        assert not set(before) & set(after)

    with_pool(filled, read)


def test_a_connection_that_breaks_midway_is_replaced_for_unanswered_queries(
    filled: Databases,
) -> None:
    """The query that ends the connection fails, also when it is retried."""
    ending = unfiltered(
        "select case when count(*) = 1 then pg_terminate_backend(pg_backend_pid()) end as ended"
        " from pg_stat_activity where pid = pg_backend_pid()"
    )

    async def read(pool: AgentPool) -> None:
        first, ended, last = await asyncio.gather(
            members(pool, "agent-1", CONNECTION),
            members(pool, "agent-2", ending),
            members(pool, "agent-3", CONNECTION),
            return_exceptions=True,
        )
        assert isinstance(first, bytes)
        assert b"agent-1" in first
        assert isinstance(ended, WarehouseDownError)
        # It was retried once after the query that ends each connection, and no more.
        assert isinstance(last, WarehouseDownError)
        assert len(set(await connections(pool, AGENTS))) == 1

    with_pool(filled, read)


def test_batched_queries_survive_a_changed_table(filled: Databases) -> None:
    async def read(pool: AgentPool) -> None:
        async def rows() -> list[bytes]:
            return await asyncio.gather(*(members(pool, agent, WIDENED) for agent in AGENTS))

        with psycopg.connect(filled.warehouse, autocommit=True) as owner:
            owner.execute("create table public.counted as select 1 as number")
            owner.execute("grant select on public.counted to public")
            assert await rows() == [b'{"rows":{"number":1}}'] * len(AGENTS)
            owner.execute("alter table public.counted alter column number type text")
            assert await rows() == [b'{"rows":{"number":"1"}}'] * len(AGENTS)

    with_pool(filled, read)


def test_whoever_gives_up_leaves_the_answers_of_the_others_alone(filled: Databases) -> None:
    async def read(pool: AgentPool) -> None:
        impatient = asyncio.create_task(members(pool, "agent-1", SLOW, seconds=0.2))
        gone = asyncio.create_task(members(pool, "agent-2", CONNECTION))
        patient = asyncio.create_task(members(pool, "agent-3", CONNECTION))
        await asyncio.sleep(0.1)
        gone.cancel()
        with pytest.raises(WarehouseDownError):
            await impatient
        with pytest.raises(asyncio.CancelledError):
            await gone
        assert b"agent-3" in await patient

    with_pool(filled, read)
