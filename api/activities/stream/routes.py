"""Route of the live stream: server-sent events of activities, goals and builds."""

from typing import Annotated

from fastapi import Depends, FastAPI, Header, Query, Response

from api.activities.stream.examples import STREAM
from api.activities.stream.response import EVENT_STREAM, StreamResponse
from api.activities.stream.streams import Streams
from api.auth.admission import Admitted
from api.http.dependencies import service
from api.http.error_schemas import ERROR_RESPONSES
from api.http.query_parameters import QueryParameters

STREAM_PATH = "/agent/analytics/activities/stream"


def add_stream_route(app: FastAPI) -> None:
    app.add_api_route(
        STREAM_PATH,
        stream,
        summary="The same activities as they happen, changed goals and new builds",
        tags=["live"],
        response_model=None,
        response_class=StreamResponse,
        status_code=200,
        responses={
            200: {
                "description": "Server-sent events; resumed by the header Last-Event-ID",
                "content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": STREAM}},
            },
            **ERROR_RESPONSES,
        },
    )


async def stream(
    token: Admitted,
    streams: Annotated[Streams, Depends(service(Streams))],
    _parameters: Annotated[QueryParameters, Query()],
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", description="Where a former stream ended.")
    ] = None,
) -> Response:
    opened = await streams.open(token.agent, token.expires_at, last_event_id)
    return StreamResponse(streams, opened)
