"""OpenAPI descriptions of error responses."""

from typing import Any

from pydantic import BaseModel

from api.http.content_negotiation import JSON
from config.periods import periods


class ErrorBody(BaseModel):
    error: str


class InvalidField(BaseModel):
    field: str
    message: str


class InvalidRequestBody(ErrorBody):
    details: list[InvalidField]


def error_response(description: str, **example: object) -> dict[str, Any]:
    model = InvalidRequestBody if "details" in example else ErrorBody
    return {
        "model": model,
        "description": description,
        "content": {JSON: {"example": example}},
    }


def _date_ranges() -> str:
    names = [f"'{name}'" for name in periods().date_ranges]
    return " or ".join(", ".join(names).rsplit(", ", 1))


ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    401: error_response("No valid token", error="Authentication required"),
    403: error_response("Not an agent, or another agent's data", error="Can only access own data"),
    422: error_response(
        "A parameter out of its range, or unknown",
        error="Invalid request",
        details=[{"field": "dateRange", "message": f"Input should be {_date_ranges()}"}],
    ),
    429: error_response(
        "Too many requests of this agent; see Retry-After", error="Too many requests"
    ),
    503: error_response(
        "Nothing to answer from for now; see Retry-After", error="Warehouse unavailable"
    ),
}
