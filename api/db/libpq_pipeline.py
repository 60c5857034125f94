"""Pipelining of queries over libpq: sent together, answered in order, prepared once per connection.

Calls libpq itself, which costs less processor time than psycopg's cursors in pipeline mode. `pool`
says why and under which invariants.
"""

import asyncio
import functools
import re
from collections import deque
from collections.abc import Generator, Iterable, Mapping
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import psycopg
from psycopg import AsyncConnection, abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import DataError, OperationalError, error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.rows import DictRow
from psycopg.waiting import Ready, Wait

# SQLSTATEs of a prepared statement that is no longer valid: its result has other types now, or the
# server has no statement of this name.
OUTDATED = {"0A000", "26000"}
NAMED_PARAMETER = re.compile(rb"%\((\w+)\)s")

Bound = tuple[bytes, Mapping[str, object]]
"""A statement's text, with parameters as `%(name)s`, and their values."""

Signature = tuple[bytes, tuple[int, ...] | None]
"""A text and the types of its parameters: what a prepared statement is known by."""

_numbers = count()
_prepared: WeakKeyDictionary[AsyncConnection[Any], dict[Signature, bytes]] = WeakKeyDictionary()


class Numbered(NamedTuple):
    """A statement as Postgres reads it, `$1` for the first of its parameters."""

    text: bytes
    names: tuple[str, ...]


@functools.lru_cache
def numbered(text: bytes) -> Numbered:
    names = tuple(dict.fromkeys(NAMED_PARAMETER.findall(text)))
    places = {name: b"$%d" % place for place, name in enumerate(names, 1)}
    in_places = NAMED_PARAMETER.sub(lambda match: places[match[1]], text)
    return Numbered(in_places, tuple(name.decode() for name in names))


class PendingQuery:
    """Statements that are sent together, and the future of the rows of each.

    An error is noted first (`fail`), so that the batcher can retry; `settle` raises it in the
    task that awaits the rows.
    """

    def __init__(self, statements: Iterable[Bound]) -> None:
        self.statements = tuple(statements)
        self.rows: asyncio.Future[list[list[DictRow]]] = asyncio.get_running_loop().create_future()
        self.error: Exception | None = None

    @property
    def is_outdated(self) -> bool:
        return isinstance(self.error, psycopg.Error) and self.error.sqlstate in OUTDATED

    def resolve(self, rows: list[list[DictRow]]) -> None:
        # Done already where it timed out or its request was cancelled.
        if not self.rows.done():
            self.rows.set_result(rows)

    def fail(self, error: Exception) -> None:
        if not self.rows.done():
            self.error = error

    def time_out(self) -> None:
        """Raises TimeoutError in the task that awaits the rows; the query itself continues."""
        if not self.rows.done():
            self.rows.set_exception(TimeoutError())

    def settle(self) -> None:
        """Ends the future: with the noted error, or cancelled where there was no answer."""
        if self.rows.done():
            return
        if self.error is None:
            self.rows.cancel()
        else:
            self.rows.set_exception(self.error)
            # Retrieved once, so that asyncio does not report it where nothing awaits the rows.
            self.rows.exception()


async def run_pipelined(connection: AsyncConnection[Any], queries: Iterable[PendingQuery]) -> None:
    """Sends all queries together; each resolves or fails as soon as its answer arrives.

    Each is a transaction of its own; one that begins its own explicitly has to be sent alone.
    Raises where the connection itself failed: it is closed, and no other query resolves.
    """
    pgconn = connection.pgconn
    transformer = Transformer(connection)
    prepared = _prepared.setdefault(connection, {})
    sent: deque[_Sent] = deque()
    pgconn.enter_pipeline_mode()
    try:
        for query in queries:
            query.error = None
            try:
                sent.append(_send(pgconn, transformer, prepared, query))
            except DataError as error:
                query.fail(error)
        await connection.wait(_receive(pgconn, transformer, sent))
    except BaseException:
        # Lost, or cancelled half-way: the next user must not read the rest of these answers.
        pgconn.finish()
        raise
    pgconn.exit_pipeline_mode()


class _Sent(NamedTuple):
    """A query in flight: its signatures, and those it prepares by their place in the pipeline."""

    query: PendingQuery
    prepared: dict[Signature, bytes]
    signatures: list[Signature]
    preparing: dict[int, Signature]


def _send(
    pgconn: PGconn,
    transformer: abc.Transformer,
    prepared: dict[Signature, bytes],
    query: PendingQuery,
) -> _Sent:
    bound = []
    for text, values in query.statements:
        statement = numbered(text)
        parameters = [values[name] for name in statement.names]
        dumped = transformer.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
        bound.append((statement.text, (text, transformer.types), dumped))
    # Nothing is sent before all values have been converted: DataError leaves the pipeline empty.
    place, preparing = 0, {}
    for text, signature, dumped in bound:
        if signature not in prepared:
            # Queries behind this one already use the name; they fail where preparing fails.
            prepared[signature] = b"agent_analytics_%d" % next(_numbers)
            pgconn.send_prepare(prepared[signature], text, signature[1])
            preparing[place] = signature
            place += 1
        pgconn.send_query_prepared(prepared[signature], dumped)
        place += 1
    pgconn.pipeline_sync()
    return _Sent(query, prepared, [signature for _, signature, _ in bound], preparing)


def _receive(
    pgconn: PGconn, transformer: abc.Transformer, sent: deque[_Sent]
) -> Generator[Wait, Ready | int, None]:
    """Flushes what is still to be sent, then receives up to the sync of the last query."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    while sent:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result and result.status == ExecStatus.PIPELINE_SYNC:
            _resolve(sent.popleft(), transformer, results)
            results = []
        elif result:
            results.append(result)
        elif pgconn.status == ConnStatus.BAD:
            raise OperationalError("connection lost while receiving results")


def _resolve(sent: _Sent, transformer: abc.Transformer, results: list[PGresult]) -> None:
    query, prepared, signatures, preparing = sent
    rows = []
    for place, result in enumerate(results):
        if result.status == ExecStatus.FATAL_ERROR:
            query.fail(error_from_result(result))
            unprepared = [key for at, key in preparing.items() if at >= place]
            for signature in signatures if query.is_outdated else unprepared:
                prepared.pop(signature, None)
            return
        if place not in preparing:
            try:
                rows.append(_rows(transformer, result))
            except DataError as error:
                query.fail(error)
                return
    query.resolve(rows)


def _rows(transformer: abc.Transformer, result: PGresult) -> list[DictRow]:
    transformer.set_pgresult(result)
    names = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
    rows = transformer.load_rows(0, result.ntuples, tuple)
    return [dict(zip(names, values, strict=True)) for values in rows]
