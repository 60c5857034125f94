"""The open streams of one process, fed by one connection that polls while there are any."""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from itertools import chain

from api.builds import Build
from api.errors import OperationalDownError, TooManyRequestsError
from api.marks import Marks
from api.pool import AgentPool
from api.stream.frames import Frames, Reason, opening, unknown_event
from api.stream.missed import missed_changes
from api.stream.poller import Poller
from api.stream.position import Position
from api.stream.stream import Start, Stream

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 2.0
PATIENCE_SECONDS = 3.0
STREAMS_OF_AN_AGENT = 10
RETRY_AFTER_SECONDS = 5


class Streams:
    def __init__(self, url: str, operational: AgentPool, marks: Marks) -> None:
        self._operational = operational
        self._frames = Frames(marks)
        self._poller = Poller(url)
        self._position: Position | None = None
        self._build: Build | None = None
        self._waiting: list[Stream] = []
        self._active: defaultdict[str, set[Stream]] = defaultdict(set)
        self._wanted = asyncio.Event()

    @property
    def count(self) -> int:
        """How many are open, or wait for their beginning."""
        return len(self._waiting) + sum(map(len, tuple(self._active.values())))

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await self._poller.close()

    async def open(self, agent: str, expires_at: float, last_event_id: str | None) -> Stream:
        """A stream that misses nothing from here on; whoever opens it closes it."""
        after = self._frames.opened(agent, last_event_id) if last_event_id else None
        waiting = sum(other.agent == agent for other in self._waiting)
        if waiting + len(self._active.get(agent, ())) >= STREAMS_OF_AN_AGENT:
            raise TooManyRequestsError(RETRY_AFTER_SECONDS)
        stream = Stream(agent, expires_at, after)
        self._waiting.append(stream)
        self._wanted.set()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
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
        """What an open stream sends, to its end."""
        return stream.frames(self._beginning(stream), lambda: self._place(stream.agent))

    def announce(self, build: Build) -> None:
        """Tells every stream of a new build."""
        self._build = build
        if self._position is None:
            return
        for agent in tuple(self._active):
            self._push(agent, self._frames.of_build(build, agent, self._position))

    def end(self, reason: Reason) -> None:
        """Ends every stream once it has sent what it has."""
        for stream in [*self._waiting, *chain.from_iterable(self._active.values())]:
            stream.end(reason)

    async def _beginning(self, stream: Stream) -> AsyncIterator[bytes]:
        agent, (start, build) = stream.agent, stream.start.result()
        if stream.after is None:
            yield opening(self._frames.event_id(agent, start, build))
            return
        yield opening(None)
        after, build_id = stream.after
        if build and build.build_id != build_id:
            yield self._frames.of_build(build, agent, after)
        async for change in missed_changes(self._operational, agent, after, start):
            yield self._frames.of_change(change, build)

    def _place(self, agent: str) -> str:
        assert self._position is not None
        return self._frames.event_id(agent, self._position, self._build)

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
                log.warning("open streams wait for the operational database: %s", cause)
            except Exception:
                # Whatever it is, those who listen must not take its silence for theirs.
                log.exception("open streams are ended")
                self.end("unavailable")
            else:
                pause = POLL_SECONDS
                self._admit(position)
                if not position.has_more:
                    await asyncio.sleep(began + POLL_SECONDS - time.monotonic())
                continue
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _tick(self) -> Position:
        if self._position is None:
            return await self._poller.now()
        changes, position = await self._poller.read(self._position, tuple(self._active))
        for change in changes:
            if change.agent in self._active:
                self._push(change.agent, self._frames.of_change(change, self._build))
        return position

    def _push(self, agent: str, event: bytes) -> None:
        for stream in tuple(self._active[agent]):
            if not stream.push(event):
                self.close(stream)

    def _admit(self, position: Position) -> None:
        """Lets in whoever waits, where the position is past all that its client has seen."""
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
                # This position was taken after the client came: it has seen another database.
                stream.start.set_exception(unknown_event())
            else:
                stream.has_waited = True
                self._waiting.append(stream)
