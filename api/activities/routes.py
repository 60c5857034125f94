"""Route of an agent's timeline, page by page."""

from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request, Response

from api.activities.schemas import Activities, ActivitiesParameters, Activity
from api.activities.service import TimelineService
from api.auth.admission import Agent
from api.db.build_meta import BuildMeta
from api.http.content_negotiation import CSV
from api.http.data_response import list_response
from api.http.dependencies import service
from api.http.error_schemas import ERROR_RESPONSES

ACTIVITIES_PATH = "/agent/analytics/activities"

Service = Annotated[TimelineService, Depends(service(TimelineService))]
CurrentMeta = Annotated[BuildMeta, Depends(service(BuildMeta))]


def add_activity_routes(app: FastAPI) -> None:
    app.add_api_route(
        ACTIVITIES_PATH,
        activities,
        summary="What the agent did and what happened to its leads, newest first",
        tags=["live"],
        response_model=None,
        responses={
            200: {
                "model": Activities,
                "description": "One page, read at this moment",
                "content": {CSV: {"schema": {"type": "string"}}},
            },
            **ERROR_RESPONSES,
        },
    )


async def activities(
    request: Request,
    agent: Agent,
    timeline: Service,
    build_meta: CurrentMeta,
    parameters: Annotated[ActivitiesParameters, Query()],
) -> Response:
    page = await timeline.page(agent, parameters)
    rows = [each.model_dump(by_alias=True) for each in page.activities]
    body = {"agentId": agent, "activities": rows, "nextCursor": page.next_cursor}
    next_cursor = {"Analytics-Next-Cursor": page.next_cursor} if page.next_cursor else {}
    meta = await build_meta.current()
    return list_response(request, body, meta, "activities", Activity, csv_headers=next_cursor)
