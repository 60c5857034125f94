"""What a refused or failed request answers; no body ever says more than its one line."""

from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}


class ApiError(Exception):
    """A request that is answered by an error instead of data."""

    status: int
    error: str

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        super().__init__(self.error)
        self.headers = headers or {}


class AuthenticationRequiredError(ApiError):
    status = 401
    error = "Authentication required"

    def __init__(self) -> None:
        super().__init__({"WWW-Authenticate": "Bearer"})


class AgentAccessRequiredError(ApiError):
    status = 403
    error = "Agent access required"


class ForeignDataError(ApiError):
    status = 403
    error = "Can only access own data"


class GoalsExistError(ApiError):
    status = 409

    def __init__(self, period: str, fields: list[str]) -> None:
        exists = "goal already exists" if len(fields) == 1 else "goals already exist"
        self.error = f"{period.capitalize()} {exists}: {', '.join(fields)}"
        super().__init__()


class GoalClosedError(ApiError):
    status = 409

    def __init__(self, field: str, period_end: date) -> None:
        self.error = f"Goal period ended on {period_end.isoformat()}: {field}"
        super().__init__()


class BodyTooLargeError(ApiError):
    status = 413
    error = "Request body too large"


class UnsupportedMediaTypeError(ApiError):
    status = 415
    error = "Content-Type must be application/json"


class TooManyRequestsError(ApiError):
    status = 429
    error = "Too many requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__({"Retry-After": str(retry_after)})


class InvalidParameterError(RequestValidationError):
    """A parameter that only its use shows to be invalid."""

    def __init__(self, place: str, name: str, message: str) -> None:
        super().__init__([{"loc": (place, name), "msg": message}])


class UnavailableError(ApiError):
    """Something that the answer needs is away for now; trying again may help."""

    status = 503

    def __init__(self) -> None:
        super().__init__({"Retry-After": "5"})


class WarehouseDownError(UnavailableError):
    error = "Warehouse unavailable"


class OperationalDownError(UnavailableError):
    error = "Operational database unavailable"


class NoBuildPublishedError(UnavailableError):
    error = "No build published yet"


class KeysUnavailableError(UnavailableError):
    error = "Signing keys unavailable"


def _answer(
    status: int, body: dict[str, Any], headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(body, status, {**PRIVATE, **(headers or {})})


def answer_to(refusal: ApiError) -> JSONResponse:
    return _answer(refusal.status, {"error": refusal.error}, refusal.headers)


async def _refusal(_request: Request, refusal: Exception) -> JSONResponse:
    assert isinstance(refusal, ApiError)
    return answer_to(refusal)


async def _invalid_request(_request: Request, invalid: Exception) -> JSONResponse:
    assert isinstance(invalid, RequestValidationError)
    details = [
        {"field": _named(error["loc"]), "message": error["msg"]} for error in invalid.errors()
    ]
    return _answer(422, {"error": "Invalid request", "details": details})


def _named(location: tuple[str | int, ...]) -> str:
    """Which field, as far as UTF-8 can say it; a whole body is called so."""
    field = ".".join(str(part) for part in location[1:]) or str(location[0])
    return field.encode(errors="backslashreplace").decode()


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The router names the methods of the first route of this path only.
        routes = [one for one in request.app.routes if getattr(one, "path", "") == request.url.path]
        methods = set(headers["Allow"].split(", ")).union(*(one.methods for one in routes))
        headers["Allow"] = ", ".join(sorted(methods))
    return _answer(error.status_code, {"error": error.detail.capitalize()}, headers)


def answer_to_failure() -> JSONResponse:
    # The server logs the exception itself after this answer is sent, and closes the connection: who
    # is not told so may send the next request into it.
    return _answer(500, {"error": "Internal error"}, {"Connection": "close"})


async def _internal_error(_request: Request, _error: Exception) -> JSONResponse:
    return answer_to_failure()


def add_error_answers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _refusal)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _internal_error)
