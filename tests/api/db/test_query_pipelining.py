"""A failed pipeline raises its error and leaves a clean connection for the next reader."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from psycopg import errors
from psycopg.rows import DictRow

from api.db.libpq_pipeline import Bound, PendingQuery, run_pipelined
from tests.conftest import PostgresServer

Connection = psycopg.AsyncConnection
ASLEEP = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
ROWS = b"select number from counted where number <= %(most)s"


async def run_settled(connection: Connection, *batches: list[Bound]) -> list[PendingQuery]:
    """Runs queries in one pipeline and settles each."""
    queries = [PendingQuery(statements) for statements in batches]
    await run_pipelined(connection, queries)
    for query in queries:
        query.settle()
    return queries


async def rows_of(connection: Connection, *statements: Bound) -> list[list[DictRow]]:
    [query] = await run_settled(connection, list(statements))
    return await query.rows


def with_connection(url: str, read: Callable[[Connection], Awaitable[None]]) -> None:
    async def run() -> None:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("create table counted as select 1 as number")
            await read(connection)

    asyncio.run(run())


@pytest.fixture
def url(postgres_server: PostgresServer, empty_database: str) -> str:
    return empty_database


def test_a_statement_with_a_changed_result_type_is_prepared_again(url: str) -> None:
    async def read(connection: Connection) -> None:
        statements = [(ROWS, {"most": 5})]
        assert await rows_of(connection, *statements) == [[{"number": 1}]]
        await connection.execute("alter table counted alter column number type bigint")
        with pytest.raises(errors.FeatureNotSupported):
            await rows_of(connection, *statements)
        assert await rows_of(connection, *statements) == [[{"number": 1}]]

    with_connection(url, read)


def test_a_failed_query_leaves_the_others_of_its_pipeline_alone(url: str) -> None:
    """Each query raises its own error, from the driver, the parser or a row."""
    unknown = b"select nothing_of_the_kind from counted where number = %(most)s"
    failing = b"select 1 / (number - number) as none from counted where number <= %(most)s"
    unloadable = b"select 'infinity'::date as day from counted where number <= %(most)s"

    async def read(connection: Connection) -> None:
        for _ in range(2):
            first, unsendable, unprepared, behind_it, failed, unread, last = await run_settled(
                connection,
                [(ROWS, {"most": 5})],
                [(ROWS, {"most": 5}), (ROWS, {"most": "a\0b"})],
                [(unknown, {"most": 5})],
                [(unknown, {"most": 5})],
                [(ROWS, {"most": 5}), (failing, {"most": 5})],
                [(unloadable, {"most": 5})],
                [(ROWS, {"most": 0}), (ROWS, {"most": 5})],
            )
            assert await first.rows == [[{"number": 1}]]
            assert await last.rows == [[], [{"number": 1}]]
            assert [type(query.error) for query in (unsendable, unprepared, behind_it)] == [
                errors.DataError,
                errors.UndefinedColumn,
                errors.InvalidSqlStatementName,
            ]
            assert [type(query.error) for query in (failed, unread)] == [
                errors.DivisionByZero,
                errors.DataError,
            ]
            with pytest.raises(errors.DataError, match="NUL"):
                await unsendable.rows

    with_connection(url, read)


def test_a_cancelled_query_fails_and_its_rows_reach_no_other(url: str) -> None:
    async def read(connection: Connection) -> None:
        slow = asyncio.create_task(rows_of(connection, (b"select pg_sleep(3600)", {})))
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as watching:
            while await (await watching.execute(ASLEEP)).fetchone() != (1,):
                await asyncio.sleep(0.02)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        assert connection.broken

    with_connection(url, read)
