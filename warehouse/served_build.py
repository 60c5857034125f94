"""The served build: its id, dates and freshness, and how to read it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.statements import statement

Spans = Mapping[str, Mapping[str, str]]
"""`from` and `to` of each span of a period."""

CHANNEL = "serving_build"
"""NOTIFY channel of the warehouse; a publish sends the new build's id."""


@dataclass(frozen=True)
class Build:
    """One published build; a later refresh that confirms it does not make it another."""

    build_id: int
    built_at: datetime
    as_of: date
    data_through: datetime | None
    time_zone: str
    refreshed_at: datetime = field(compare=False)
    through: date | None = None
    periods: str | None = field(default=None, compare=False, repr=False)
    fiscal_year_starts_in: int | None = None
    currency: str | None = None

    def spans(self, date_range: str) -> Spans | None:
        """Dates of a named period; None if the build was made without it."""
        return _spans(self.periods).get(date_range) if self.periods else None

    def period(self, spans: Spans, compare: str) -> dict[str, str | None]:
        """Dates of a period and of what it is compared with."""
        shown = spans["shown"]
        earlier = spans.get("previous" if compare == "previous" else "year_previous", {})
        return {
            "from": shown["from"],
            "to": shown["to"],
            "compareFrom": earlier.get("from"),
            "compareTo": earlier.get("to"),
            "through": str(self.through),
        }

    def is_stale(self, after: timedelta) -> bool:
        """True when the last successful refresh is older than `after`."""
        return datetime.now(UTC) - self.refreshed_at > after

    def today(self, now: datetime) -> date:
        """The date of `now` in the business time zone; the as-of date where that is fixed.

        The as-of date of a live build is the day it was built on, or the day before if the run
        crossed midnight. Any other as-of date was fixed by ANALYTICS_AS_OF.
        """
        zone = ZoneInfo(self.time_zone)
        days_behind = self.built_at.astimezone(zone).date() - self.as_of
        is_live = days_behind in (timedelta(0), timedelta(days=1))
        return now.astimezone(zone).date() if is_live else self.as_of


@lru_cache(4)
def _spans(periods: str) -> Mapping[str, Spans]:
    spans: dict[str, Spans] = json.loads(periods)
    return spans


def served_build(warehouse: psycopg.Connection) -> Build | None:
    """Return the served build, None before the first publish."""
    if not table_exists(warehouse, sql.Identifier("serving", "refreshes")):
        return None
    with warehouse.cursor(row_factory=class_row(Build)) as cursor:
        return cursor.execute(statement("warehouse/sql/served_build.sql")).fetchone()


def table_exists(connection: psycopg.Connection, table: sql.Identifier) -> bool:
    row = connection.execute(
        "select to_regclass(%s) is not null", [table.as_string(connection)]
    ).fetchone()
    return row == (True,)
