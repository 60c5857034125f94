"""A round trip that goes wrong says what did, and leaves nothing behind for the next reader."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from psycopg import errors

from api.round_trip import in_one_round_trip
from tests.conftest import PostgresServer

Connection = psycopg.AsyncConnection
ROWS = b"select number from counted where number <= %(most)s"


def with_connection(url: str, ask: Callable[[Connection], Awaitable[None]]) -> None:
    async def run() -> None:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("create table counted as select 1 as number")
            await ask(connection)

    asyncio.run(run())


@pytest.fixture
def url(postgres_server: PostgresServer, empty_database: str) -> str:
    return empty_database


def test_a_statement_whose_result_changed_its_type_is_prepared_anew(url: str) -> None:
    async def ask(connection: Connection) -> None:
        asked = [(ROWS, {"most": 5})]
        assert await in_one_round_trip(connection, asked) == [[{"number": 1}]]
        await connection.execute("alter table counted alter column number type bigint")
        with pytest.raises(errors.FeatureNotSupported):
            await in_one_round_trip(connection, asked)
        assert await in_one_round_trip(connection, asked) == [[{"number": 1}]]

    with_connection(url, ask)


def test_a_value_that_postgres_cannot_take_is_told_as_such_and_costs_the_connection(
    url: str,
) -> None:
    async def ask(connection: Connection) -> None:
        with pytest.raises(errors.DataError, match="NUL"):
            await in_one_round_trip(connection, [(ROWS, {"most": "a\0b"})])
        assert connection.broken

    with_connection(url, ask)


def test_who_is_cancelled_is_told_so_and_nobody_gets_the_rest_of_the_answer(url: str) -> None:
    async def ask(connection: Connection) -> None:
        slow = asyncio.create_task(in_one_round_trip(connection, [(b"select pg_sleep(30)", {})]))
        await asyncio.sleep(0.2)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        assert connection.broken

    with_connection(url, ask)
