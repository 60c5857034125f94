"""The JSON object that a request sends: bounded, each name once, numbers as they are written."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.requests import ClientDisconnect

from api.errors import BodyTooLargeError, ForeignDataError, UnsupportedMediaTypeError
from api.media import JSON

LARGEST_BYTES = 16 * 1024


async def json_object(request: Request, agent: str) -> dict[str, Any]:
    """The object, once every `agentId` in it is the agent's own; RequestValidationError for others.

    Numbers are decimals, so that no digit of them is lost; NaN is one, for its field to be named.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
        raise UnsupportedMediaTypeError
    reading = _Reading()
    try:
        found = json.loads(
            (await _content(request)).decode(),
            object_pairs_hook=reading.object_of,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    # What is nested too deep ends the parser's recursion.
    except (ValueError, RecursionError):
        raise invalid_body("must be JSON in UTF-8") from None
    if not isinstance(found, dict):
        raise invalid_body("must be a JSON object")
    if any(named != agent for name, named in reading.last if name == "agentId"):
        raise ForeignDataError
    if reading.repeated is not None:
        raise invalid_body("duplicate field", reading.repeated)
    return found


def _number(text: str) -> Decimal:
    """NaN where no decimal has such an exponent."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("NaN")


def invalid_body(message: str, *field: str) -> RequestValidationError:
    """What is said of a field, or of the whole body."""
    return RequestValidationError([{"loc": ("body", *field), "msg": message}])


class _Reading:
    """What an object no longer tells: which name was there twice, and the outermost pairs."""

    def __init__(self) -> None:
        self.repeated: str | None = None
        self.last: list[tuple[str, Any]] = []

    def object_of(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self.last = pairs
        self.repeated = self.repeated or _repeated(name for name, _ in pairs)
        return dict(pairs)


def _repeated(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


async def _content(request: Request) -> bytes:
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > LARGEST_BYTES:
                raise BodyTooLargeError
    except ClientDisconnect:
        raise invalid_body("incomplete request body") from None
    return bytes(content)
