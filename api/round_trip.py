"""Several statements sent together and answered together, each prepared once per connection.

It speaks to libpq itself, which costs this process less than psycopg's cursors in pipeline mode.
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

# What was prepared is no longer good: a result has other types now, or the server has forgotten it.
OUTDATED = {"0A000", "26000"}
NAMED = re.compile(rb"%\((\w+)\)s")

Bound = tuple[bytes, Mapping[str, object]]
"""A statement's text, with parameters as `%(name)s`, and their values."""

Prepared = tuple[bytes, tuple[int, ...] | None]
"""A text and the types of its parameters, which have a name on a connection."""

_numbers = count()
_prepared: WeakKeyDictionary[AsyncConnection[Any], dict[Prepared, bytes]] = WeakKeyDictionary()


class Numbered(NamedTuple):
    """A statement as Postgres reads it, `$1` for the first of its parameters."""

    text: bytes
    names: tuple[str, ...]


@functools.lru_cache
def numbered(text: bytes) -> Numbered:
    names = tuple(dict.fromkeys(NAMED.findall(text)))
    places = {name: b"$%d" % place for place, name in enumerate(names, 1)}
    in_places = NAMED.sub(lambda match: places[match[1]], text)
    return Numbered(in_places, tuple(name.decode() for name in names))


class Trip:
    """Statements that are sent together, and the rows of each, or the error they have come to."""

    def __init__(self, statements: Iterable[Bound]) -> None:
        self.statements = tuple(statements)
        self.rows: asyncio.Future[list[list[DictRow]]] = asyncio.get_running_loop().create_future()
        self.error: Exception | None = None

    @property
    def is_outdated(self) -> bool:
        return isinstance(self.error, psycopg.Error) and self.error.sqlstate in OUTDATED

    def arrive(self, rows: list[list[DictRow]]) -> None:
        # Whoever waited may have gone.
        if not self.rows.done():
            self.rows.set_result(rows)

    def fail(self, error: Exception) -> None:
        """Notes why it does not arrive, for whoever tries again or settles it."""
        if not self.rows.done():
            self.error = error

    def expire(self) -> None:
        """Tells whoever waits that it is too late; the trip goes on to its end."""
        if not self.rows.done():
            self.rows.set_exception(TimeoutError())

    def settle(self) -> None:
        """Tells the error, where it has not arrived and nobody is to try again."""
        if self.rows.done():
            return
        if self.error is None:
            self.rows.cancel()
        else:
            self.rows.set_exception(self.error)
            # Nobody may be left to be told.
            self.rows.exception()


async def in_one_round_trip(connection: AsyncConnection[Any], trips: Iterable[Trip]) -> None:
    """Sends all trips at once; each arrives, or fails, as soon as its answer is there.

    Each is a transaction, which fails alone; one that begins its own has to go alone. What is
    raised is about the connection, which is closed: no other trip arrives.
    """
    pgconn = connection.pgconn
    transformer = Transformer(connection)
    prepared = _prepared.setdefault(connection, {})
    under_way: deque[_Sent] = deque()
    pgconn.enter_pipeline_mode()
    try:
        for trip in trips:
            trip.error = None
            try:
                under_way.append(_send(pgconn, transformer, prepared, trip))
            except DataError as error:
                trip.fail(error)
        await connection.wait(_answered(pgconn, transformer, under_way))
    except BaseException:
        # Lost, or cancelled half-way: nobody else may get what is still to come on it.
        pgconn.finish()
        raise
    pgconn.exit_pipeline_mode()


class _Sent(NamedTuple):
    """A trip under way: its texts, and by their place in what it sends those it prepares."""

    trip: Trip
    prepared: dict[Prepared, bytes]
    texts: list[Prepared]
    unprepared: dict[int, Prepared]


def _send(
    pgconn: PGconn, transformer: abc.Transformer, prepared: dict[Prepared, bytes], trip: Trip
) -> _Sent:
    bound = []
    for text, values in trip.statements:
        statement = numbered(text)
        parameters = [values[name] for name in statement.names]
        dumped = transformer.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
        bound.append((statement.text, (text, transformer.types), dumped))
    # Nothing has been sent before all values are known to be good.
    sent, unprepared = 0, {}
    for text, key, dumped in bound:
        if key not in prepared:
            # The trips behind it count on it, and are told where it fails.
            prepared[key] = b"round_trip_%d" % next(_numbers)
            pgconn.send_prepare(prepared[key], text, key[1])
            unprepared[sent] = key
            sent += 1
        pgconn.send_query_prepared(prepared[key], dumped)
        sent += 1
    pgconn.pipeline_sync()
    return _Sent(trip, prepared, [key for _, key, _ in bound], unprepared)


def _answered(
    pgconn: PGconn, transformer: abc.Transformer, under_way: deque[_Sent]
) -> Generator[Wait, Ready | int, None]:
    """Sends what is left to send, and takes what comes up to the end of the last trip."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    while under_way:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result and result.status == ExecStatus.PIPELINE_SYNC:
            _arrive(under_way.popleft(), transformer, results)
            results = []
        elif result:
            results.append(result)
        elif pgconn.status == ConnStatus.BAD:
            raise OperationalError("the connection was lost in the middle of an answer")


def _arrive(sent: _Sent, transformer: abc.Transformer, results: list[PGresult]) -> None:
    trip, prepared, texts, unprepared = sent
    rows = []
    for number, result in enumerate(results):
        if result.status == ExecStatus.FATAL_ERROR:
            trip.fail(error_from_result(result))
            missing = [key for place, key in unprepared.items() if place >= number]
            for key in texts if trip.is_outdated else missing:
                prepared.pop(key, None)
            return
        if number not in unprepared:
            try:
                rows.append(_rows(transformer, result))
            except DataError as error:
                trip.fail(error)
                return
    trip.arrive(rows)


def _rows(transformer: abc.Transformer, result: PGresult) -> list[DictRow]:
    transformer.set_pgresult(result)
    names = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
    rows = transformer.load_rows(0, result.ntuples, tuple)
    return [dict(zip(names, values, strict=True)) for values in rows]
