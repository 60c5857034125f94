"""Watch of the served build: LISTEN for each publish, with a poll behind it.

Calls back for a new build before any cache can serve an answer of the old one as current.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import psycopg
from psycopg.rows import class_row

from api.db.pool import CONNECT_SECONDS
from api.db.statements import BUILD
from api.http.background_task import background_task
from warehouse.served_build import CHANNEL, Build

log = logging.getLogger(__name__)

POLL_SECONDS = 5.0
TRUST_SECONDS = 12.0
MIN_PAUSE_SECONDS = 0.1
MAX_PAUSE_SECONDS = 5.0


class BuildWatch:
    """Knows the current build for as long as the warehouse answers, and None otherwise."""

    def __init__(self, url: str, on_new_build: Callable[[Build | None], None]) -> None:
        self._url = url
        self._on_new_build = on_new_build
        self._build: Build | None = None
        self._confirmed_at = float("-inf")

    @property
    def build(self) -> Build | None:
        # A warehouse that hangs does not close its connections, so its silence must count too.
        is_recent = time.monotonic() - self._confirmed_at < TRUST_SECONDS
        return self._build if is_recent else None

    @property
    def last(self) -> Build | None:
        """The last known build, however long ago it was confirmed."""
        return self._build

    def running(self) -> AbstractAsyncContextManager[None]:
        return background_task(self._run())

    async def _run(self) -> None:
        pause = MIN_PAUSE_SECONDS
        while True:
            try:
                async for build in self._builds():
                    self._confirm(build)
                    pause = MIN_PAUSE_SECONDS
            except (psycopg.Error, OSError) as error:
                log.warning("watch of the served build interrupted: %s", type(error).__name__)
            self._confirmed_at = float("-inf")
            await asyncio.sleep(pause)
            pause = min(2 * pause, MAX_PAUSE_SECONDS)

    async def _builds(self) -> AsyncIterator[Build | None]:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=CONNECT_SECONDS
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

    def _confirm(self, build: Build | None) -> None:
        is_new, self._build = build != self._build, build
        if is_new:
            self._on_new_build(build)
        self._confirmed_at = time.monotonic()
