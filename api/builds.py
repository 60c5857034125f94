"""The build that is served, and the watch that hears of a new one before a cache serves an old."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import class_row

from api.models import Meta
from api.statements import BUILD

log = logging.getLogger(__name__)

CHANNEL = "serving_build"
POLL_SECONDS = 5.0
TRUST_SECONDS = 12.0
LONGEST_PAUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Build:
    """One published build; two are the same build whenever they were last refreshed."""

    build_id: int
    built_at: datetime
    as_of: date
    data_through: datetime | None
    time_zone: str
    refreshed_at: datetime = field(compare=False)

    def is_stale(self, after: timedelta) -> bool:
        return datetime.now(UTC) - self.refreshed_at > after

    def today(self, now: datetime) -> date:
        """The date of `now` in the business time zone, or the as-of date of a build of history.

        A live build is as of the day on which it was made, or the one before where a run went on
        past midnight; any other as-of date is a fixed one (ANALYTICS_AS_OF).
        """
        zone = ZoneInfo(self.time_zone)
        days_behind = self.built_at.astimezone(zone).date() - self.as_of
        is_live = days_behind in (timedelta(0), timedelta(days=1))
        return now.astimezone(zone).date() if is_live else self.as_of

    def meta(self, *, is_stale: bool) -> Meta:
        return Meta(
            as_of=self.as_of,
            data_through=self.data_through and self.data_through.astimezone(UTC),
            built_at=self.built_at.astimezone(UTC),
            build_id=self.build_id,
            time_zone=self.time_zone,
            stale=is_stale,
        )


class BuildWatch:
    """Knows the current build for as long as the warehouse answers, and None otherwise."""

    def __init__(self, url: str, on_new_build: Callable[[Build | None], None]) -> None:
        self._url = url
        self._on_new_build = on_new_build
        self._build: Build | None = None
        self._heard_at = float("-inf")

    @property
    def build(self) -> Build | None:
        # A warehouse that hangs closes no connection: its silence must count as well.
        is_recent = time.monotonic() - self._heard_at < TRUST_SECONDS
        return self._build if is_recent else None

    @property
    def last(self) -> Build | None:
        """The last build that was heard of, however long ago."""
        return self._build

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        pause = 0.1
        while True:
            try:
                async for build in self._builds():
                    self._hear(build)
                    pause = 0.1
            except (psycopg.Error, OSError) as error:
                log.warning("watch of the served build interrupted: %s", type(error).__name__)
            self._heard_at = float("-inf")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _builds(self) -> AsyncIterator[Build | None]:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=3
        )
        try:
            await connection.execute(f"listen {CHANNEL}".encode())
            while True:
                async with connection.cursor(row_factory=class_row(Build)) as cursor:
                    await cursor.execute(BUILD.sql())
                    yield await cursor.fetchone()
                async for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                    pass
        finally:
            await connection.close()

    def _hear(self, build: Build | None) -> None:
        is_new, self._build = build != self._build, build
        if is_new:
            self._on_new_build(build)
        self._heard_at = time.monotonic()
