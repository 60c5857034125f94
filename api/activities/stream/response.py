"""Response of a stream: continues until the stream ends, or the client leaves or stops reading."""

import asyncio
import logging

from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from api.activities.stream.stream import Stream
from api.activities.stream.streams import Streams
from api.http.etag import PRIVATE

log = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
UNREAD_SECONDS = 30.0


class StreamResponse(StreamingResponse):
    media_type = EVENT_STREAM

    def __init__(self, streams: Streams, stream: Stream) -> None:
        headers = {**PRIVATE, "Content-Type": EVENT_STREAM, "X-Accel-Buffering": "no"}
        super().__init__(streams.frames(stream), headers=headers)
        self._streams = streams
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(UNREAD_SECONDS):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        except TimeoutError:
            log.info("stream closed: its client has stopped reading")
        finally:
            self._streams.close(self._stream)
