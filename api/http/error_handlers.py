"""Exception handlers: errors as JSON responses with the status and one line."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.http.errors import ApiError
from api.http.etag import PRIVATE


def add_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _internal_error)


def error_answer(error: ApiError) -> JSONResponse:
    return _answer(error.status, {"error": error.error}, error.headers)


def internal_error_answer() -> JSONResponse:
    # uvicorn logs the exception after this answer and closes the connection. Without the header a
    # client could send its next request into the closing connection.
    return _answer(500, {"error": "Internal error"}, {"Connection": "close"})


def _answer(
    status: int, body: dict[str, Any], headers: dict[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(body, status, {**PRIVATE, **(headers or {})})


async def _api_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError)
    return error_answer(error)


async def _invalid_request(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return invalid_request_answer(error)


def invalid_request_answer(error: RequestValidationError) -> JSONResponse:
    details = [{"field": _field(each["loc"]), "message": each["msg"]} for each in error.errors()]
    return _answer(422, {"error": "Invalid request", "details": details})


def _field(location: tuple[str | int, ...]) -> str:
    """The dotted path below `query` or `body`, escaped where UTF-8 cannot encode it."""
    field = ".".join(str(part) for part in location[1:]) or str(location[0])
    return field.encode(errors="backslashreplace").decode()


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # Starlette's Allow header names the methods of the first route of this path only.
        routes = [one for one in request.app.routes if getattr(one, "path", "") == request.url.path]
        methods = set(headers["Allow"].split(", ")).union(*(one.methods for one in routes))
        headers["Allow"] = ", ".join(sorted(methods))
    return _answer(error.status_code, {"error": error.detail.capitalize()}, headers)


async def _internal_error(_request: Request, _error: Exception) -> JSONResponse:
    return internal_error_answer()
