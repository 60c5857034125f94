"""Routes made from the table of endpoints, with the errors that all of them share."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel

from api.auth import Agent
from api.endpoints import Endpoint
from api.media import CSV, JSON, prefers_csv
from api.parameters import Parameters
from api.question import Question
from api.spellings import Asked, first_headers, spelling

if TYPE_CHECKING:
    from api.analytics import Analytics
    from api.spellings import Spellings


class ErrorBody(BaseModel):
    error: str


class InvalidField(BaseModel):
    field: str
    message: str


class InvalidRequestBody(ErrorBody):
    details: list[InvalidField]


def refusal(description: str, **example: object) -> dict[str, Any]:
    model = InvalidRequestBody if "details" in example else ErrorBody
    return {
        "model": model,
        "description": description,
        "content": {JSON: {"example": example}},
    }


ERRORS: dict[int | str, dict[str, Any]] = {
    401: refusal("No valid token", error="Authentication required"),
    403: refusal("Not an agent, or another agent's data", error="Can only access own data"),
    422: refusal(
        "A parameter out of its range, or unknown",
        error="Invalid request",
        details=[{"field": "dateRange", "message": "Input should be '7', '30', '90' or '365'"}],
    ),
    429: refusal("Too many requests of this agent; see Retry-After", error="Too many requests"),
    503: refusal("Nothing to answer from for now; see Retry-After", error="Warehouse unavailable"),
}


def add_routes(app: FastAPI, endpoints: Iterable[Endpoint]) -> None:
    for endpoint in endpoints:
        content: dict[str, Any] = {JSON: {"example": endpoint.example}}
        if endpoint.csv_rows:
            content[CSV] = {"schema": {"type": "string"}}
        app.add_api_route(
            endpoint.path,
            _handler(endpoint),
            name=endpoint.path.rsplit("/", 1)[-1],
            summary=endpoint.summary,
            tags=["analytics"],
            response_model=None,
            responses={
                200: {"model": endpoint.model, "description": "The answer", "content": content},
                304: {"description": "The client's copy (If-None-Match) is still right"},
                **ERRORS,
            },
        )


def _handler(endpoint: Endpoint) -> Callable[..., Awaitable[Response]]:
    async def handler(request: Request, agent: Agent, parameters: Parameters) -> Response:
        wants_csv = endpoint.csv_rows and prefers_csv(request.headers.get("accept", ""))
        question = Question(endpoint, agent, parameters, CSV if wants_csv else JSON)
        analytics: Analytics = request.app.state.analytics
        served, is_cached = await analytics.answer(question)
        request.state.cache = "hit" if is_cached else "miss"
        spellings: Spellings = request.app.state.spellings
        spelled = spelling(request.scope, first_headers(request.scope))
        spellings.note(spelled, Asked(question, request.state.bearer))
        return served.to(request.headers.getlist("if-none-match"))

    # FastAPI reads the route's own parameters from here; a type checker could not.
    handler.__annotations__["parameters"] = Annotated[endpoint.parameters, Query()]
    return handler
