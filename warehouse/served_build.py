"""The served build: its id, dates and freshness, and how to read it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from warehouse.statements import statement

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
    date_ranges: list[int] | None = field(default=None, compare=False)

    def has_window(self, date_range: int) -> bool:
        """Whether it was built with windows of this length; builds of earlier versions say not."""
        return self.date_ranges is None or date_range in self.date_ranges

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


def served_build(warehouse: psycopg.Connection) -> Build | None:
    """Return the served build, None before the first publish."""
    if not table_exists(warehouse, sql.Identifier("serving", "refreshes")):
        return None
    with warehouse.cursor(row_factory=class_row(Build)) as cursor:
        return cursor.execute(statement("warehouse/sql/served_build.sql")).fetchone()


def is_migrated(warehouse: psycopg.Connection) -> bool:
    """Return whether the warehouse has the tables of this version's migration."""
    tables = (("state", "build_state"), ("serving", "refreshes"))
    return all(table_exists(warehouse, sql.Identifier(*table)) for table in tables)


def table_exists(connection: psycopg.Connection, table: sql.Identifier) -> bool:
    row = connection.execute(
        "select to_regclass(%s) is not null", [table.as_string(connection)]
    ).fetchone()
    return row == (True,)
