"""One open stream: the events that wait for its client, and when and why it ends."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from api.builds import Build
from api.errors import UnavailableError
from api.stream.frames import Reason, end, heartbeat
from api.stream.position import EventId, Position

EVENTS_WAITING = 1000
HEARTBEAT_SECONDS = 15.0


class Start(NamedTuple):
    """All that happens after this a stream hears of."""

    position: Position
    build: Build | None


class Stream:
    def __init__(self, agent: str, expires_at: float, after: EventId | None) -> None:
        self.agent = agent
        self.after = after
        self.start: asyncio.Future[Start] = asyncio.get_running_loop().create_future()
        self.has_waited = False
        self._expires_at = expires_at
        self._waiting: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._end: Reason | None = None

    def push(self, event: bytes) -> bool:
        """Queues an event; False for a client that leaves too many unread: it has to come back."""
        if self._end is None and len(self._waiting) >= EVENTS_WAITING:
            self.end("too_slow")
        if self._end is not None:
            return False
        self._waiting.append(event)
        self._news.set()
        return True

    def end(self, reason: Reason) -> None:
        """What is queued is still sent, then the reason."""
        self._end = self._end or reason
        self._news.set()

    async def frames(
        self, beginning: AsyncIterator[bytes], event_id: Callable[[], str]
    ) -> AsyncIterator[bytes]:
        """What the client missed, then what happens, and its place where nothing does.

        `event_id` is asked for when all that was pushed has been sent.
        """
        try:
            async for event in beginning:
                yield event
                if self._is_expired():
                    break
        except UnavailableError:
            self.end("unavailable")
        while not self._is_expired():
            if self._waiting:
                events = b"".join(self._waiting)
                self._waiting.clear()
                yield events
            elif self._end:
                break
            elif not await self._has_news():
                yield heartbeat(event_id())
        yield end("token_expired" if self._is_expired() else self._end)

    async def _has_news(self) -> bool:
        """False after a heartbeat's time without any, or with the token's last second."""
        self._news.clear()
        remaining = self._expires_at - time.time()
        try:
            async with asyncio.timeout(min(HEARTBEAT_SECONDS, remaining)):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _is_expired(self) -> bool:
        return time.time() >= self._expires_at
