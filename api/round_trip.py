"""Several statements sent together and answered together, each prepared once per connection.

It speaks to libpq itself, which costs this process less than psycopg's cursors in pipeline mode.
"""

import functools
import re
from collections.abc import Generator, Iterable, Mapping
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
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


async def in_one_round_trip(
    connection: AsyncConnection[Any], statements: Iterable[Bound]
) -> list[list[DictRow]]:
    """The rows of each statement; the first error is raised, and nothing after it was run."""
    transformer = Transformer(connection)
    pgconn = connection.pgconn
    prepared = _prepared.setdefault(connection, {})
    unprepared: dict[int, tuple[Prepared, bytes]] = {}
    sent = 0
    pgconn.enter_pipeline_mode()
    try:
        for text, values in statements:
            statement = numbered(text)
            parameters = [values[name] for name in statement.names]
            dumped = transformer.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
            key = text, transformer.types
            name = prepared.get(key)
            if name is None:
                name = b"round_trip_%d" % next(_numbers)
                pgconn.send_prepare(name, statement.text, transformer.types)
                unprepared[sent] = key, name
                sent += 1
            pgconn.send_query_prepared(name, dumped)
            sent += 1
        pgconn.pipeline_sync()
        results = await connection.wait(_answered(pgconn))
    except BaseException:
        # Cancelled or refused half-way: nobody else may get what is still to come on it.
        pgconn.finish()
        raise
    pgconn.exit_pipeline_mode()
    rows = []
    for number, result in enumerate(results):
        if result.status == ExecStatus.FATAL_ERROR:
            error = error_from_result(result)
            if error.sqlstate in OUTDATED:
                _prepared.pop(connection, None)
            raise error
        if number in unprepared:
            key, name = unprepared[number]
            prepared[key] = name
        else:
            rows.append(_rows(transformer, result))
    return rows


def _answered(pgconn: PGconn) -> Generator[Wait, Ready | int, list[PGresult]]:
    """Sends what is left to send, and the results up to the end of the pipeline."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result and result.status == ExecStatus.PIPELINE_SYNC:
            return results
        if result:
            results.append(result)
        elif pgconn.status == ConnStatus.BAD:
            raise OperationalError("the connection was lost in the middle of an answer")


def _rows(transformer: abc.Transformer, result: PGresult) -> list[DictRow]:
    transformer.set_pgresult(result)
    names = [(result.fname(place) or b"").decode() for place in range(result.nfields)]
    rows = transformer.load_rows(0, result.ntuples, tuple)
    return [dict(zip(names, values, strict=True)) for values in rows]
