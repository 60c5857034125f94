"""One open stream: the queue of events for its client, and when and why it ends."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from api.activities.stream.resume_token import Position, ResumeToken
from api.activities.stream.sse import Reason, end, heartbeat
from api.http.errors import UnavailableError
from warehouse.served_build import Build

MAX_QUEUED_EVENTS = 1000
HEARTBEAT_SECONDS = 15.0


class Start(NamedTuple):
    """A stream gets every event after this position and build."""

    position: Position
    build: Build | None


class Stream:
    def __init__(self, agent: str, expires_at: float, after: ResumeToken | None) -> None:
        self.agent = agent
        self.after = after
        self.start: asyncio.Future[Start] = asyncio.get_running_loop().create_future()
        self.has_waited = False
        self._expires_at = expires_at
        self._queue: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self._end: Reason | None = None

    def push(self, event: bytes) -> bool:
        """Queues an event; False once the stream has ended, as it does at 1000 unread events."""
        if self._end is None and len(self._queue) >= MAX_QUEUED_EVENTS:
            self.end("too_slow")
        if self._end is not None:
            return False
        self._queue.append(event)
        self._wake.set()
        return True

    def end(self, reason: Reason) -> None:
        """Sends what is queued, then the reason."""
        self._end = self._end or reason
        self._wake.set()

    async def frames(
        self, beginning: AsyncIterator[bytes], event_id: Callable[[], str]
    ) -> AsyncIterator[bytes]:
        """Missed events, then new ones; a heartbeat with the current id while there are none.

        `event_id` is called when the queue is empty.
        """
        try:
            async for event in beginning:
                yield event
                if self._is_expired():
                    break
        except UnavailableError:
            self.end("unavailable")
        while not self._is_expired():
            if self._queue:
                events = b"".join(self._queue)
                self._queue.clear()
                yield events
            elif self._end:
                break
            elif not await self._has_events():
                yield heartbeat(event_id())
        yield end("token_expired" if self._is_expired() else self._end)

    async def _has_events(self) -> bool:
        """False after the heartbeat interval without any, or when the token expires."""
        self._wake.clear()
        remaining = self._expires_at - time.time()
        try:
            async with asyncio.timeout(min(HEARTBEAT_SECONDS, remaining)):
                await self._wake.wait()
        except TimeoutError:
            return False
        return True

    def _is_expired(self) -> bool:
        return time.time() >= self._expires_at
