"""What each column of an imported file may hold; knows neither files nor databases."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

ISO_8601 = re.compile(r"\d{4}-?\d\d-?\d\d([T ].+)?", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)
INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
MICRO = Decimal("0.000001")
HOURS_LIMIT = Decimal("1e8")
SERIAL_LIMIT = 2**31


@dataclass(frozen=True)
class Column:
    """`read` turns a cell's text into a value, or raises ValueError with the reason."""

    read: Callable[[str], object]
    needs_value: bool = False
    needs_header: bool = False


def text(limit: int | None = None) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if limit is not None and len(cell) > limit:
            raise ValueError(f"{len(cell)} characters, at most {limit} fit")
        return cell

    return read


def instant(cell: str) -> datetime:
    """ISO-8601; without a zone it is UTC."""
    written = cell.strip().upper()
    if not ISO_8601.fullmatch(written):
        raise ValueError(f"{shown(cell)} is not a time in ISO-8601")
    try:
        value = datetime.fromisoformat(written)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{shown(cell)} is not a time in ISO-8601 ({error})") from None


def hours(cell: str) -> Decimal:
    if not NUMBER.fullmatch(cell.strip()):
        raise ValueError(f"{shown(cell)} is not a number")
    value = Decimal(cell.strip())
    if abs(value) >= HOURS_LIMIT or abs(value.quantize(MICRO, ROUND_HALF_UP)) >= HOURS_LIMIT:
        raise ValueError(f"{shown(cell)} is too large, it must be below 100000000")
    return value.quantize(MICRO, ROUND_HALF_UP)


def rating(cell: str) -> int:
    if not INTEGER.fullmatch(cell.strip()) or not 1 <= int(cell) <= 5:
        raise ValueError(f"{shown(cell)} is not a whole number from 1 to 5")
    return int(cell)


def serial(cell: str) -> int:
    if not INTEGER.fullmatch(cell.strip()) or not 1 <= int(cell) < SERIAL_LIMIT:
        raise ValueError(f"{shown(cell)} is not a whole number from 1 to {SERIAL_LIMIT - 1}")
    return int(cell)


def json_text(cell: str) -> str:
    """JSON that jsonb can hold: no NaN, no NUL, no half surrogate, no number beyond numeric."""
    try:
        value = JSON.decode(cell)
        if "\\u" in cell:
            written = json.dumps(value, ensure_ascii=False, default=str)
            written.encode()
            if "\\u0000" in written.replace("\\\\", ""):
                raise ValueError("it holds a NUL character")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{shown(cell)} is not JSON ({error})") from None
    return cell


def not_json(constant: str) -> object:
    raise ValueError(f"{constant} is no number in JSON")


def json_number(number: str) -> Decimal:
    _, _, exponent = number.lower().partition("e")
    if len(number) > 1000 or (exponent and abs(int(exponent)) > 1000):
        raise ValueError("a number in it is too long")
    return Decimal(number)


JSON = json.JSONDecoder(parse_float=json_number, parse_constant=not_json)


def shown(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:37] + "...")


LEAD_COLUMNS = {
    "id": Column(text(), needs_value=True, needs_header=True),
    "created_at": Column(instant, needs_value=True, needs_header=True),
    "source": Column(text(100)),
    "disposition": Column(text(50)),
    "assigned_agent_id": Column(text(50)),
    "contacted_at": Column(instant),
    "interested_at": Column(instant),
    "response_time_hours": Column(hours),
    "satisfaction_rating": Column(rating),
    "updated_at": Column(instant),
}

ACTIVITY_COLUMNS = {
    "id": Column(serial, needs_value=True),
    "agent_id": Column(text(50)),
    "lead_id": Column(text(50)),
    "activity_type": Column(text(50), needs_value=True, needs_header=True),
    "title": Column(text(255)),
    "description": Column(text()),
    "metadata": Column(json_text),
    "timestamp": Column(instant, needs_value=True, needs_header=True),
    "recorded_at": Column(instant),
}
