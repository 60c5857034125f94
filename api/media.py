"""The two forms of an answer, JSON and CSV, and which of them a request prefers."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

JSON = "application/json"
CSV = "text/csv"

# What spreadsheets take for the start of a formula, with the full-width forms they also accept.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001


class JsonText:
    """JSON that is passed on as it is written, digit by digit."""

    def __init__(self, text: str) -> None:
        self.text = text


def _exact(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, JsonText):
        return orjson.Fragment(value.text)
    raise TypeError(type(value).__name__)


def as_json(content: object) -> bytes:
    """JSON with every decimal digit by digit and instants in UTC with a Z."""
    return orjson.dumps(content, default=_exact, option=orjson.OPT_UTC_Z)


def exactly(content: bytes) -> Any:
    """What JSON says, every fraction as a decimal."""
    return json.loads(content, parse_float=Decimal)


def with_members(content: bytes, members: bytes) -> bytes:
    """Two JSON objects as one, neither of them empty or parsed again."""
    return content[:-1] + b"," + members[1:]


def with_meta(content: bytes, meta: bytes) -> bytes:
    """A JSON object with one more member, without parsing the rest again."""
    return with_members(content, b'{"meta":' + meta + b"}")


def as_csv(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    """RFC 4180 with a header; text is quoted, and never a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool | dict):
        return as_json(value).decode()
    if isinstance(value, datetime):
        return as_json(value)[1:-1].decode()
    if isinstance(value, JsonText):
        return value.text
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def prefers_csv(accept: str) -> bool:
    """True where the Accept header puts text/csv before JSON (RFC 9110, section 12.5.1)."""
    return _preference(accept, CSV) > _preference(accept, JSON)


def _preference(accept: str, media_type: str) -> tuple[float, int]:
    """Quality and specificity of the most specific range that covers the type."""
    ranges = ["*/*", media_type.split("/")[0] + "/*", media_type]
    covering = []
    for part in accept.lower().split(","):
        name, *parameters = (field.strip() for field in part.split(";"))
        if name in ranges:
            covering.append((ranges.index(name), _quality(parameters)))
    specificity, quality = max(covering, default=(-1, 0.0))
    return (quality, specificity) if quality else (0.0, -1)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
