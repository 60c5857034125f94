"""Routes made from the table of endpoints, with the errors that all of them share."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel

from api.auth import Agent
from api.endpoints import Endpoint
from api.errors import PRIVATE
from api.etag import is_held
from api.media import CSV, JSON, prefers_csv
from api.parameters import Parameters

if TYPE_CHECKING:
    from api.analytics import Analytics


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
        media_type = CSV if wants_csv else JSON
        analytics: Analytics = request.app.state.analytics
        served = await analytics.answer(endpoint, agent, parameters, media_type)
        request.state.cache = "hit" if served.is_cached else "miss"
        headers = {**PRIVATE, "ETag": served.tag}
        if wants_csv:
            # Rows alone have no place for it.
            headers["Analytics-Meta"] = served.meta.decode()
        if is_held(served.tag, request.headers.getlist("if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(served.content, headers=headers, media_type=media_type)

    # FastAPI reads the route's own parameters from here; a type checker could not.
    handler.__annotations__["parameters"] = Annotated[endpoint.parameters, Query()]
    return handler
