"""The routes of an agent's goals: what it means to reach, and how far it has come."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api import examples
from api.auth import Agent
from api.errors import PRIVATE
from api.goal_models import AskedGoals, Goal, Goals
from api.json_body import json_object
from api.media import CSV, JSON, as_csv, as_json, prefers_csv
from api.parameters import Parameters
from api.routes import ERRORS, refusal

if TYPE_CHECKING:
    from api.goals import AgentGoals

PATH = "/agent/goals"


async def asked_goals(request: Request, agent: Agent) -> AskedGoals:
    content = await json_object(request, agent)
    try:
        return AskedGoals.model_validate(content)
    except ValidationError as error:
        raise RequestValidationError(
            [{**detail, "loc": ("body", *detail["loc"])} for detail in error.errors()]
        ) from None


Asked = Annotated[AskedGoals, Depends(asked_goals)]
Own = Annotated[Parameters, Query()]

ANSWER: dict[str, Any] = {"model": Goals, "description": "The goals with their progress"}
JSON_ANSWER = {**ANSWER, "content": {JSON: {"example": examples.GOALS}}}
CSV_ANSWER = {**ANSWER, "content": {**JSON_ANSWER["content"], CSV: {"schema": {"type": "string"}}}}
WRITING: dict[int | str, dict[str, Any]] = {
    **ERRORS,
    409: refusal(
        "A goal that is there already, or whose period is over; nothing was written",
        error="Monthly goal already exists: conversions",
    ),
    413: refusal("A body of more than 16 KiB", error="Request body too large"),
    415: refusal("A body that is no JSON", error="Content-Type must be application/json"),
    422: refusal(
        "A body or parameter out of its range, or unknown",
        error="Invalid request",
        details=[{"field": "goals.revenue", "message": "must be above 0"}],
    ),
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"$ref": "#/components/schemas/AskedGoals"},
                "example": examples.GOAL_TARGETS,
            }
        },
    }
}


def add_goal_routes(app: FastAPI) -> None:
    app.add_api_route(
        PATH,
        goals,
        summary="Open goals, then closed ones, newest period first",
        tags=["goals"],
        responses={200: CSV_ANSWER, **ERRORS},
    )
    app.add_api_route(
        PATH,
        create_goals,
        methods=["POST"],
        summary="New goals for the period of today",
        tags=["goals"],
        status_code=201,
        responses={201: JSON_ANSWER, **WRITING},
        openapi_extra=BODY,
    )
    app.add_api_route(
        PATH,
        put_goals,
        methods=["PUT"],
        summary="New goals or new targets for the period of today",
        tags=["goals"],
        responses={200: JSON_ANSWER, **WRITING},
        openapi_extra=BODY,
    )


async def goals(request: Request, agent: Agent, _parameters: Own) -> Response:
    """The open goals and the newest closed ones, 100 at the most."""
    served = await _service(request).all(agent)
    if prefers_csv(request.headers.get("accept", "")):
        content = served.model_dump(by_alias=True)
        columns = [field.alias or name for name, field in Goal.model_fields.items()]
        # Rows alone have no place for it.
        headers = {**PRIVATE, "Analytics-Meta": as_json(content["meta"]).decode()}
        return Response(as_csv(columns, content["goals"]), headers=headers, media_type=CSV)
    return _answer(served, 200)


async def create_goals(request: Request, agent: Agent, asked: Asked, _parameters: Own) -> Response:
    """All of them, or none where one of them exists; answers the goals of the period."""
    return _answer(await _service(request).set(agent, asked, replaces=False), 201)


async def put_goals(request: Request, agent: Agent, asked: Asked, _parameters: Own) -> Response:
    """All of them or none; goals that are left out stay; answers the goals of the period."""
    return _answer(await _service(request).set(agent, asked, replaces=True), 200)


def _service(request: Request) -> "AgentGoals":
    service: AgentGoals = request.app.state.goals
    return service


def _answer(goals: Goals, status: int) -> Response:
    return Response(as_json(goals.model_dump(by_alias=True)), status, PRIVATE, JSON)
