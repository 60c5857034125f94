"""Routes of an agent's goals: list, create, set targets, and delete."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api.auth.admission import Agent, ensure_own
from api.goals.schemas import Goal, Goals, GoalsRequest
from api.goals.service import AgentGoals, GoalService
from api.http.content_negotiation import CSV, JSON
from api.http.data_response import data_response, list_response
from api.http.dependencies import service
from api.http.error_schemas import ERROR_RESPONSES, error_response
from api.http.json import as_json
from api.http.query_parameters import QueryParameters
from api.http.request_body import json_object

PATH = "/agent/goals"

OK: dict[str, Any] = {"model": Goals, "description": "The goals with their progress"}
OK_CSV = {**OK, "content": {CSV: {"schema": {"type": "string"}}}}
WRITE_ERRORS: dict[int | str, dict[str, Any]] = {
    **ERROR_RESPONSES,
    409: error_response(
        "A goal that already exists, or whose period is over; nothing was written",
        error="Monthly goal already exists: conversions",
    ),
    413: error_response("A body of more than 16 KiB", error="Request body too large"),
    415: error_response("A body that is not JSON", error="Content-Type must be application/json"),
    422: error_response(
        "A body or parameter out of its range, or unknown",
        error="Invalid request",
        details=[{"field": "goals.revenue", "message": "must be above 0"}],
    ),
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{GoalsRequest.__name__}"}}},
    }
}


async def goals_request(request: Request, agent: Agent) -> GoalsRequest:
    """The parsed body, read once the agent is admitted."""
    body = await json_object(request)
    ensure_own(agent, body.values("agentId"))
    content = body.content()
    try:
        return GoalsRequest.model_validate(content)
    except ValidationError as error:
        raise RequestValidationError(
            [{**detail, "loc": ("body", *detail["loc"])} for detail in error.errors()]
        ) from None


Targets = Annotated[GoalsRequest, Depends(goals_request)]
GoalId = Annotated[int, Path(alias="id", description="Id of the goal in the list.")]
NoParameters = Annotated[QueryParameters, Query()]
Service = Annotated[GoalService, Depends(service(GoalService))]


def add_goal_routes(app: FastAPI) -> None:
    app.add_api_route(
        PATH,
        goals,
        summary="Open goals, then closed ones, newest period first",
        tags=["goals"],
        responses={200: OK_CSV, **ERROR_RESPONSES},
    )
    app.add_api_route(
        PATH,
        create_goals,
        methods=["POST"],
        summary="New goals for the current period or a coming one",
        tags=["goals"],
        status_code=201,
        responses={201: OK, **WRITE_ERRORS},
        openapi_extra=BODY,
    )
    app.add_api_route(
        PATH,
        put_goals,
        methods=["PUT"],
        summary="New goals or new targets for the current period or a coming one",
        tags=["goals"],
        responses={200: OK, **WRITE_ERRORS},
        openapi_extra=BODY,
    )
    app.add_api_route(
        f"{PATH}/{{id}}",
        delete_goal,
        methods=["DELETE"],
        summary="Delete an open goal",
        tags=["goals"],
        status_code=204,
        response_class=Response,
        responses={
            **ERROR_RESPONSES,
            404: error_response(
                "No open goal of yours has this id; nothing was deleted", error="Goal not found"
            ),
        },
    )


async def goals(
    request: Request, agent: Agent, service: Service, _parameters: NoParameters
) -> Response:
    """The open goals and the newest closed ones, 100 at the most."""
    found = await service.all(agent)
    return list_response(request, _body(found), found.meta, "goals", Goal)


async def create_goals(
    agent: Agent, targets: Targets, service: Service, _parameters: NoParameters
) -> Response:
    """All of them, or none where one of them exists; answers the goals of the period."""
    return _answer(await service.set(agent, targets, replaces=False), 201)


async def put_goals(
    agent: Agent, targets: Targets, service: Service, _parameters: NoParameters
) -> Response:
    """All of them or none; goals that are left out stay; answers the goals of the period."""
    return _answer(await service.set(agent, targets, replaces=True), 200)


async def delete_goal(
    agent: Agent, goal_id: GoalId, service: Service, _parameters: NoParameters
) -> Response:
    """A goal whose period is over stays, with its verdict."""
    await service.delete(agent, goal_id)
    return Response(status_code=204)


def _answer(goals: AgentGoals, status: int) -> Response:
    return data_response(as_json(_body(goals)), goals.meta, JSON, status=status)


def _body(goals: AgentGoals) -> dict[str, Any]:
    rows = [goal.model_dump(by_alias=True) for goal in goals.goals]
    starts = goals.period_starts.model_dump(by_alias=True)
    return {"agentId": goals.agent, "goals": rows, "periodStarts": starts}
