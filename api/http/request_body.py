"""JSON request bodies: bounded in size, each field once, numbers as exact decimals."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.requests import ClientDisconnect

from api.http.content_negotiation import JSON
from api.http.errors import BodyTooLargeError, UnsupportedMediaTypeError

MAX_BYTES = 16 * 1024


class JsonObject:
    """A parsed object that still knows which fields were sent more than once."""

    def __init__(self, fields: list[tuple[str, Any]], duplicate: str | None) -> None:
        self._fields = fields
        self._duplicate = duplicate

    def values(self, name: str) -> list[Any]:
        """Every value that was sent for a field of the outermost object."""
        return [value for field, value in self._fields if field == name]

    def content(self) -> dict[str, Any]:
        """RequestValidationError where a field is there twice, at any depth."""
        if self._duplicate is not None:
            raise invalid_body("duplicate field", self._duplicate)
        return dict(self._fields)


async def json_object(request: Request) -> JsonObject:
    """The body; RequestValidationError for anything but a JSON object.

    NaN is a number here, so that the error of the field that holds it names it.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
        raise UnsupportedMediaTypeError
    pairs = _Pairs()
    try:
        parsed = json.loads(
            (await _content(request)).decode(),
            object_pairs_hook=pairs.to_dict,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    # The parser raises RecursionError for deep nesting.
    except (ValueError, RecursionError):
        raise invalid_body("must be JSON in UTF-8") from None
    if not isinstance(parsed, dict):
        raise invalid_body("must be a JSON object")
    return JsonObject(pairs.last, pairs.duplicate)


def invalid_body(message: str, *field: str) -> RequestValidationError:
    """An error of one field, or of the whole body."""
    return RequestValidationError([{"loc": ("body", *field), "msg": message}])


def _number(text: str) -> Decimal:
    """NaN where Decimal does not support the exponent."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal("NaN")


class _Pairs:
    """Records what a dict loses: the first duplicate name, and the outermost pairs."""

    def __init__(self) -> None:
        self.duplicate: str | None = None
        self.last: list[tuple[str, Any]] = []

    def to_dict(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        # json.loads calls the hook for the innermost objects first.
        self.last = pairs
        self.duplicate = self.duplicate or _duplicate(name for name, _ in pairs)
        return dict(pairs)


def _duplicate(names: Iterable[str]) -> str | None:
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
            if len(content) > MAX_BYTES:
                raise BodyTooLargeError
    except ClientDisconnect:
        raise invalid_body("incomplete request body") from None
    return bytes(content)
