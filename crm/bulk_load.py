"""Loading history into the CRM's tables: one transaction in which no live trigger fires."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg

LOCK = "agent-analytics history"

# Called with what is being read or written, how much of it is done, and of how much if known.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class ImportCounts:
    """Rows inserted or changed; rows that were there already are not counted.

    `oldest`: by table, the oldest time of change that such a row has.
    """

    leads: int
    activities: int
    oldest: dict[str, datetime] = field(default_factory=dict, compare=False)


@contextmanager
def bulk_load(url: str, time_zone: str) -> Iterator[psycopg.Connection]:
    """Commits at the end; no other history is loaded meanwhile, the CRM itself goes on writing.

    Columns without a time zone are written in `time_zone`.
    """
    with psycopg.connect(url) as connection:
        connection.execute("select set_config('timezone', %s, true)", [time_zone])
        connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        yield connection
