"""Parsers of CSV cells: each returns a value or raises ValueError with the reason."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

ISO_8601 = re.compile(r"\d{4}-?\d\d-?\d\d([T ].+)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)
INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
MICRO = Decimal("0.000001")
HOURS_LIMIT = Decimal("1e8")
SERIAL_LIMIT = 2**31
NUMBER_LENGTH_LIMIT = 1000
EXPONENT_LIMIT = 1000
QUOTED_CHARACTERS = 40


def text(limit: int | None = None) -> Callable[[str], str]:
    """Returns a parser of text with at most `limit` characters."""

    def parse(cell: str) -> str:
        if limit is not None and len(cell) > limit:
            raise ValueError(f"{len(cell)} characters exceed the limit of {limit}")
        return cell

    return parse


def instant(cell: str) -> datetime:
    """ISO 8601; UTC if it has no zone."""
    written = cell.strip().upper()
    if not ISO_8601.fullmatch(written):
        raise ValueError(f"{_quoted(cell)} is not an ISO 8601 time")
    try:
        value = datetime.fromisoformat(written)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{_quoted(cell)} is not an ISO 8601 time ({error})") from None


def hours(cell: str) -> Decimal:
    """A number below 1e8, rounded half up to 6 decimals as numeric(14, 6) stores it."""
    if not NUMBER.fullmatch(cell.strip()):
        raise ValueError(f"{_quoted(cell)} is not a number")
    value = Decimal(cell.strip())
    if abs(value) >= HOURS_LIMIT or abs(value.quantize(MICRO, ROUND_HALF_UP)) >= HOURS_LIMIT:
        raise ValueError(f"{_quoted(cell)} is too large (must be below {HOURS_LIMIT:f})")
    return value.quantize(MICRO, ROUND_HALF_UP)


def rating(cell: str) -> int:
    if not INTEGER.fullmatch(cell.strip()) or not 1 <= int(cell) <= 5:
        raise ValueError(f"{_quoted(cell)} is not a whole number from 1 to 5")
    return int(cell)


def serial(cell: str) -> int:
    if not INTEGER.fullmatch(cell.strip()) or not 1 <= int(cell) < SERIAL_LIMIT:
        raise ValueError(f"{_quoted(cell)} is not a whole number from 1 to {SERIAL_LIMIT - 1}")
    return int(cell)


def json_text(cell: str) -> str:
    """JSON that jsonb can store: no NaN, NUL, lone surrogate or number beyond numeric."""
    try:
        value = JSON.decode(cell)
        if "\\u" in cell:
            written = json.dumps(value, ensure_ascii=False, default=str)
            written.encode()
            if "\\u0000" in written.replace("\\\\", ""):
                raise ValueError("contains a NUL character")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{_quoted(cell)} is not valid JSON ({error})") from None
    return cell


def _reject_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not a JSON number")


def _json_number(number: str) -> Decimal:
    _, _, exponent = number.lower().partition("e")
    if len(number) > NUMBER_LENGTH_LIMIT or (exponent and abs(int(exponent)) > EXPONENT_LIMIT):
        raise ValueError("number too long")
    return Decimal(number)


JSON = json.JSONDecoder(parse_float=_json_number, parse_constant=_reject_constant)


def _quoted(cell: str) -> str:
    return repr(cell if len(cell) <= QUOTED_CHARACTERS else cell[: QUOTED_CHARACTERS - 3] + "...")
