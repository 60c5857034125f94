"""Bulk load of the CRM's tables: one transaction in which our triggers do nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg

LOCK = "agent-analytics history"

# Called with the name of the file or table, the amount done, and the total if it is known.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class ImportCounts:
    """Rows inserted or changed; unchanged rows are not counted.

    `oldest` is the oldest time of change among these rows, by table.
    """

    leads: int
    activities: int
    oldest: dict[str, datetime] = field(default_factory=dict, compare=False)


@contextmanager
def bulk_load(url: str, time_zone: str) -> Iterator[psycopg.Connection]:
    """Open a transaction that sets `analytics.bulk_load` and commits at the end of the block.

    An advisory lock serialises bulk loads; the CRM's own writers are not blocked. Columns without
    a time zone are written in `time_zone`.
    """
    with psycopg.connect(url) as connection:
        connection.execute("select set_config('timezone', %s, true)", [time_zone])
        connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
        yield connection
