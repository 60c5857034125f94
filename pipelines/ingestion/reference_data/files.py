"""CSV files of reference data: columns and parsers of their cells.

A file has the name and the columns of its table in `raw`. An empty cell is null.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from crm.csv_import.columns import Column
from crm.csv_import.parsers import text
from warehouse.agent_id import MAX_LENGTH

DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# The product with an amount below 1e15 has to fit into numeric(24, 2).
RATE = re.compile(r"\d{1,7}(\.\d{1,18})?", re.ASCII)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?", re.ASCII)
LONGEST_NAME = 50


@dataclass(frozen=True)
class ReferenceFile:
    """Columns by name in the order of the table, and those that identify a row.

    `changed_days`: name of the statement that selects the agent-days that a changed row changes.
    """

    columns: Mapping[str, Column]
    key: tuple[str, ...]
    changed_days: str

    @property
    def required_key(self) -> tuple[str, ...]:
        """Those columns of the key that are never null."""
        return tuple(name for name in self.key if self.columns[name].needs_value)


def _required(parse: Callable[[str], object]) -> Column:
    return Column(lambda cell: parse(cell.strip()), needs_value=True, needs_header=True)


def _optional(parse: Callable[[str], object]) -> Column:
    return Column(lambda cell: parse(cell.strip()))


def _currency(cell: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", cell):
        raise ValueError(f"{cell!r} is not a currency code of three letters")
    return cell.upper()


def _date(cell: str) -> date:
    try:
        if not DATE.fullmatch(cell):
            raise ValueError
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell!r} is not a date (expected YYYY-MM-DD)") from None


def _rate(cell: str) -> Decimal:
    if not RATE.fullmatch(cell) or not Decimal(cell):
        raise ValueError(f"{cell!r} is not a rate (expected a number above 0 and below 1e7)")
    return Decimal(cell)


def _time_zone(cell: str) -> str:
    try:
        ZoneInfo(cell)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"unknown time zone {cell!r} (expected an IANA name)") from None
    return cell


def _boolean(cell: str) -> bool:
    if cell.lower() not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell.lower() == "true"


def _weekday(cell: str) -> int:
    if not re.fullmatch("[1-7]", cell):
        raise ValueError(f"{cell!r} is not a weekday (expected 1 for Monday to 7 for Sunday)")
    return int(cell)


def _opens(cell: str) -> str:
    if cell.startswith("24"):
        raise ValueError("a stretch cannot open at 24:00")
    return _closes(cell)


def _closes(cell: str) -> str:
    # Python's time knows no 24:00, Postgres's does.
    if not TIME.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a time of day (expected HH:MM)")
    return cell if len(cell) > len("HH:MM") else f"{cell}:00"


_CALENDAR = _required(text(LONGEST_NAME))

# Calendars stand first, because the files below them refer to them.
FILES: Mapping[str, ReferenceFile] = {
    "exchange_rates": ReferenceFile(
        {
            "currency": _required(_currency),
            "from_date": _required(_date),
            "rate": _required(_rate),
        },
        ("currency", "from_date"),
        "changed_days_of_exchange_rates",
    ),
    "calendars": ReferenceFile(
        {
            "calendar": _CALENDAR,
            "time_zone": _required(_time_zone),
            "is_default": _optional(_boolean),
        },
        ("calendar",),
        "changed_days_of_calendars",
    ),
    "working_hours": ReferenceFile(
        {
            "calendar": _CALENDAR,
            "weekday": _required(_weekday),
            "opens": _required(_opens),
            "closes": _required(_closes),
        },
        ("calendar", "weekday", "opens"),
        "changed_days_of_calendars",
    ),
    "holidays": ReferenceFile(
        {
            "calendar": _CALENDAR,
            "date": _required(_date),
            "opens": _optional(_opens),
            "closes": _optional(_closes),
        },
        ("calendar", "date", "opens"),
        "changed_days_of_holidays",
    ),
    "agent_calendars": ReferenceFile(
        {
            "agent_id": _required(text(MAX_LENGTH)),
            "calendar": _CALENDAR,
            "from_date": _required(_date),
        },
        ("agent_id", "from_date"),
        "changed_days_of_agent_calendars",
    ),
}
