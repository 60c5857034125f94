"""The live routes: an agent's timeline page by page, and as it happens."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from api import examples
from api.auth import Agent, AuthenticatedBearer
from api.errors import PRIVATE
from api.media import CSV, JSON, as_csv, as_json, prefers_csv, with_meta
from api.parameters import Parameters
from api.routes import ERRORS
from api.stream.response import EVENT_STREAM, StreamResponse
from api.timeline.activity import Activities, Activity
from api.timeline.page import PageOfTimeline

if TYPE_CHECKING:
    from api.analytics import Analytics
    from api.stream.streams import Streams
    from api.timeline.page import Timeline

ACTIVITIES_PATH = "/agent/analytics/activities"
STREAM_PATH = "/agent/analytics/activities/stream"

router = APIRouter(tags=["live"])


@router.get(
    ACTIVITIES_PATH,
    summary="What the agent did and what happened to its leads, newest first",
    response_model=None,
    responses={
        200: {
            "model": Activities,
            "description": "One page, read at this moment",
            "content": {
                JSON: {"example": examples.ACTIVITIES},
                CSV: {"schema": {"type": "string"}},
            },
        },
        **ERRORS,
    },
)
async def activities(
    request: Request, agent: Agent, asked: Annotated[PageOfTimeline, Query()]
) -> Response:
    timeline: Timeline = request.app.state.timeline
    analytics: Analytics = request.app.state.analytics
    page = await timeline.page(agent, asked)
    meta = await analytics.meta()
    rows = [each.model_dump(by_alias=True) for each in page.activities]
    if prefers_csv(request.headers.get("accept", "")):
        headers = {**PRIVATE, "Analytics-Meta": meta.decode()}
        if page.next_cursor:
            headers["Analytics-Next-Cursor"] = page.next_cursor
        content = as_csv(list(Activity.model_fields), rows)
        return Response(content, headers=headers, media_type=CSV)
    body = {"agentId": agent, "activities": rows, "nextCursor": page.next_cursor}
    return Response(with_meta(as_json(body), meta), headers=PRIVATE, media_type=JSON)


@router.get(
    STREAM_PATH,
    summary="The same activities as they happen, changed goals and new builds",
    response_model=None,
    response_class=StreamResponse,
    status_code=200,
    responses={
        200: {
            "description": "Server-sent events; resumed by the header Last-Event-ID",
            "content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": examples.STREAM}},
        },
        **ERRORS,
    },
)
async def stream(
    request: Request,
    agent: Agent,
    bearer: AuthenticatedBearer,
    _parameters: Annotated[Parameters, Query()],
    last_event_id: Annotated[
        str | None, Header(alias="Last-Event-ID", description="Where a former stream ended.")
    ] = None,
) -> Response:
    streams: Streams = request.app.state.streams
    opened = await streams.open(agent, bearer.expires_at, last_event_id)
    return StreamResponse(streams, opened)
