"""The open streams of one process, fed by one poller that runs while there are any."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain

from api.activities.stream.poller import Poller
from api.activities.stream.replay import replay
from api.activities.stream.resume_token import Position
from api.activities.stream.sse import EventEncoder, Reason, opening, unknown_event
from api.activities.stream.stream import Start, Stream
from api.auth.signed_tokens import TokenSigner
from api.db.pool import AgentPool
from api.http.background_task import background_task
from api.http.errors import OperationalDownError, TooManyRequestsError
from warehouse.served_build import Build

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
MAX_PAUSE_SECONDS = 2.0
TIMEOUT_SECONDS = 3.0
MAX_STREAMS_PER_AGENT = 10
RETRY_AFTER_SECONDS = 5


class Streams:
    def __init__(self, url: str, operational: AgentPool, signer: TokenSigner) -> None:
        self._operational = operational
        self._encoder = EventEncoder(signer)
        self._poller = Poller(url, signer)
        self._signer = signer
        self._position: Position | None = None
        self._build: Build | None = None
        self._waiting: list[Stream] = []
        self._active: defaultdict[str, set[Stream]] = defaultdict(set)
        self._wanted = asyncio.Event()

    @property
    def count(self) -> int:
        """Streams that are open or about to open."""
        return len(self._waiting) + sum(map(len, tuple(self._active.values())))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            async with background_task(self._run()):
                yield
        finally:
            await self._poller.close()

    async def open(self, agent: str, expires_at: float, last_event_id: str | None) -> Stream:
        """A stream that misses no event from here on; the caller closes it."""
        after = self._encoder.resume_token(agent, last_event_id) if last_event_id else None
        waiting = sum(other.agent == agent for other in self._waiting)
        if waiting + len(self._active.get(agent, ())) >= MAX_STREAMS_PER_AGENT:
            raise TooManyRequestsError(RETRY_AFTER_SECONDS)
        stream = Stream(agent, expires_at, after)
        self._waiting.append(stream)
        self._wanted.set()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await stream.start
        except TimeoutError as error:
            self.close(stream)
            raise OperationalDownError from error
        except BaseException:
            self.close(stream)
            raise
        return stream

    def close(self, stream: Stream) -> None:
        if stream in self._waiting:
            self._waiting.remove(stream)
        if streams := self._active.get(stream.agent):
            streams.discard(stream)
            if not streams:
                del self._active[stream.agent]

    def frames(self, stream: Stream) -> AsyncIterator[bytes]:
        """The bytes that an open stream sends, up to its end."""
        return stream.frames(self._beginning(stream), lambda: self._current_event_id(stream.agent))

    def announce(self, build: Build) -> None:
        """Sends a new build to every stream."""
        self._build = build
        if self._position is None:
            return
        for agent in tuple(self._active):
            self._push(agent, self._encoder.of_build(build, agent, self._position))

    def end(self, reason: Reason) -> None:
        """Ends every stream once its queue is sent."""
        for stream in [*self._waiting, *chain.from_iterable(self._active.values())]:
            stream.end(reason)

    async def _beginning(self, stream: Stream) -> AsyncIterator[bytes]:
        agent, (start, build) = stream.agent, stream.start.result()
        if stream.after is None:
            yield opening(self._encoder.event_id(agent, start, build))
            return
        yield opening(None)
        after, build_id = stream.after
        if build and build.build_id != build_id:
            yield self._encoder.of_build(build, agent, after)
        async for change in replay(self._operational, self._signer, agent, after, start):
            yield self._encoder.of_change(change, build)

    def _current_event_id(self, agent: str) -> str:
        assert self._position is not None
        return self._encoder.event_id(agent, self._position, self._build)

    async def _run(self) -> None:
        pause = POLL_SECONDS
        while True:
            self._wanted.clear()
            if not (self._active or self._waiting):
                self._position = None
                await self._poller.close()
                await self._wanted.wait()
            began = time.monotonic()
            try:
                position = self._position = await self._tick()
            except OperationalDownError as error:
                cause = type(error.__cause__ or error).__name__
                log.warning("streams wait for the operational database: %s", cause)
            except Exception:
                # A client cannot tell a dead poller from a quiet day, so its stream has to end.
                log.exception("streams ended: the poller failed")
                self.end("unavailable")
            else:
                pause = POLL_SECONDS
                self._admit(position)
                if not position.has_more:
                    await asyncio.sleep(began + POLL_SECONDS - time.monotonic())
                continue
            await asyncio.sleep(pause)
            pause = min(2 * pause, MAX_PAUSE_SECONDS)

    async def _tick(self) -> Position:
        if self._position is None:
            return await self._poller.now()
        changes, position = await self._poller.read(self._position, tuple(self._active))
        for change in changes:
            if change.agent in self._active:
                self._push(change.agent, self._encoder.of_change(change, self._build))
        return position

    def _push(self, agent: str, event: bytes) -> None:
        for stream in tuple(self._active[agent]):
            if not stream.push(event):
                self.close(stream)

    def _admit(self, position: Position) -> None:
        """Starts waiting streams whose clients have seen nothing past this position."""
        waiting, self._waiting = self._waiting, []
        for stream in waiting:
            if stream.start.done():
                continue
            if stream.after is None or position.covers(stream.after.position):
                self._active[stream.agent].add(stream)
                stream.start.set_result(Start(position, self._build))
            elif position.has_more:
                self._waiting.append(stream)
            elif stream.has_waited:
                # Taken after the client came, and still behind it: its id is of another database.
                stream.start.set_exception(unknown_event())
            else:
                stream.has_waited = True
                self._waiting.append(stream)
