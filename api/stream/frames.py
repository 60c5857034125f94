"""What goes over the wire, in the format of server-sent events."""

from typing import Literal

from fastapi.sse import format_sse_event

from api.builds import Build
from api.errors import InvalidParameterError
from api.marks import EVENT, MarkError, Marks
from api.media import as_json
from api.stream.changes import Change
from api.stream.position import EventId, Position

Reason = Literal["token_expired", "server_shutdown", "too_slow", "unavailable"]

RETRY_MILLISECONDS = 1000


class Frames:
    """Events with ids, which tell how far an agent's stream has come and which build it knows."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def of_change(self, change: Change, build: Build | None) -> bytes:
        event_id = self.event_id(change.agent, change.position, build)
        return format_sse_event(event=change.name, data_str=change.data.decode(), id=event_id)

    def of_build(self, build: Build, agent: str, position: Position) -> bytes:
        meta = build.meta(is_stale=False).model_dump(by_alias=True, exclude={"stale"})
        return format_sse_event(
            event="build", data_str=as_json(meta).decode(), id=self.event_id(agent, position, build)
        )

    def event_id(self, agent: str, position: Position, build: Build | None) -> str:
        content = EventId(position, build.build_id if build else None).to_bytes()
        return self._marks.seal(EVENT, agent, content)

    def opened(self, agent: str, text: str) -> EventId:
        """What an event id says; InvalidParameterError where it is none of ours."""
        try:
            return EventId.from_bytes(self._marks.open(EVENT, agent, text))
        except MarkError as error:
            raise unknown_event() from error


def opening(event_id: str | None) -> bytes:
    """Without data: tells the client its place and when to come back, and is no event."""
    return format_sse_event(comment="open", id=event_id, retry=RETRY_MILLISECONDS)


def heartbeat(event_id: str) -> bytes:
    return format_sse_event(comment="heartbeat", id=event_id)


def end(reason: Reason | None) -> bytes:
    return format_sse_event(event="end", data_str=as_json({"reason": reason}).decode())


def unknown_event() -> InvalidParameterError:
    return InvalidParameterError("header", "Last-Event-ID", "Unknown event id")
