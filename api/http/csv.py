"""CSV export: RFC 4180 with a header row, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from api.http.json import RawJson, as_json

# Characters that spreadsheets read as the start of a formula, with their full-width forms.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001


def as_csv(model: type[BaseModel], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows, keyed by the model's aliases, with its fields as columns."""
    columns = [field.alias or name for name, field in model.model_fields.items()]
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
    if isinstance(value, RawJson):
        return value.text
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
