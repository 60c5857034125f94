"""Server-sent events: the wire format of changes, builds, heartbeats and the end of a stream."""

from typing import Literal

from fastapi.sse import format_sse_event

from api.activities.stream.changes import Change
from api.activities.stream.resume_token import Position, ResumeToken
from api.auth.signed_tokens import EVENT, InvalidTokenError, TokenSigner
from api.db.build_meta import meta_of
from api.http.errors import InvalidParameterError
from api.http.json import as_json
from warehouse.served_build import Build

Reason = Literal["token_expired", "server_shutdown", "too_slow", "unavailable"]

RETRY_MILLISECONDS = 1000


class EventEncoder:
    """Events whose ids are signed resume tokens: the stream's position and the build it knows."""

    def __init__(self, signer: TokenSigner) -> None:
        self._signer = signer

    def of_change(self, change: Change, build: Build | None) -> bytes:
        event_id = self.event_id(change.agent, change.position, build)
        return format_sse_event(event=change.name, data_str=change.data.decode(), id=event_id)

    def of_build(self, build: Build, agent: str, position: Position) -> bytes:
        meta = meta_of(build, is_stale=False).model_dump(by_alias=True, exclude={"stale"})
        return format_sse_event(
            event="build", data_str=as_json(meta).decode(), id=self.event_id(agent, position, build)
        )

    def event_id(self, agent: str, position: Position, build: Build | None) -> str:
        content = ResumeToken(position, build.build_id if build else None).to_bytes()
        return self._signer.sign(EVENT, agent, content)

    def resume_token(self, agent: str, event_id: str) -> ResumeToken:
        """InvalidParameterError where the id is not one of ours."""
        try:
            return ResumeToken.from_bytes(self._signer.verify(EVENT, agent, event_id))
        except InvalidTokenError as error:
            raise unknown_event() from error


def opening(event_id: str | None) -> bytes:
    """A comment that carries the first id and the reconnection time; clients see no event."""
    return format_sse_event(comment="open", id=event_id, retry=RETRY_MILLISECONDS)


def heartbeat(event_id: str) -> bytes:
    return format_sse_event(comment="heartbeat", id=event_id)


def end(reason: Reason | None) -> bytes:
    return format_sse_event(event="end", data_str=as_json({"reason": reason}).decode())


def unknown_event() -> InvalidParameterError:
    return InvalidParameterError("header", "Last-Event-ID", "Unknown event id")
