"""Rules between the rows of reference data; each broken one is a bad row of its file."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypeAlias

from crm.csv_import.bad_rows import BadRows
from pipelines.ingestion.reference_data.files import FILES

# The line of a record, and its values by column.
Row: TypeAlias = tuple[int, dict[str, Any]]
Problem: TypeAlias = tuple[int, str, str]


def validate(tables: Mapping[str, list[Row]]) -> list[BadRows]:
    """Returns the bad rows of each file; `tables` has the parsed rows of all files."""
    calendars = {row["calendar"] for _, row in tables["calendars"]}
    problems = []
    for table, rows in tables.items():
        bad = BadRows(f"{table}.csv")
        for line, column, reason in (
            *_repeated(rows, FILES[table].key),
            *(RULES[table](rows) if table in RULES else ()),
            *(_of_unknown_calendars(rows, calendars) if table != "calendars" else ()),
        ):
            bad.add(line, column, reason)
        problems.append(bad)
    return problems


def _repeated(rows: list[Row], key: tuple[str, ...]) -> Iterator[Problem]:
    first_lines: dict[tuple[object, ...], int] = {}
    for line, row in rows:
        values = tuple(row[name] for name in key)
        first = first_lines.setdefault(values, line)
        if first != line:
            yield line, "", f"repeats {', '.join(key)} of line {first}"


def _of_unknown_calendars(rows: list[Row], calendars: set[str]) -> Iterator[Problem]:
    for line, row in rows:
        if "calendar" in row and row["calendar"] not in calendars:
            yield line, "calendar", f"unknown calendar {row['calendar']!r} (not in calendars.csv)"


def _second_default(rows: list[Row]) -> Iterator[Problem]:
    defaults = [line for line, row in rows if row["is_default"]]
    for line in defaults[1:]:
        yield line, "is_default", f"second default calendar (the first is in line {defaults[0]})"


def _working_hours(rows: list[Row]) -> Iterator[Problem]:
    yield from _empty_stretches(rows)
    yield from _overlapping(rows, ("calendar", "weekday"))


def _holidays(rows: list[Row]) -> Iterator[Problem]:
    for line, row in rows:
        if (row["opens"] is None) != (row["closes"] is None):
            yield line, "closes", "needs both opens and closes, or neither for a closed day"
    days = {(row["calendar"], row["date"]) for _, row in rows if row["opens"] is None}
    for line, row in rows:
        if row["opens"] is not None and (row["calendar"], row["date"]) in days:
            yield line, "opens", "the same day is closed in another line"
    hours = [(line, row) for line, row in rows if None not in (row["opens"], row["closes"])]
    yield from _empty_stretches(hours)
    yield from _overlapping(hours, ("calendar", "date"))


def _empty_stretches(rows: list[Row]) -> Iterator[Problem]:
    for line, row in rows:
        if row["opens"] == row["closes"]:
            yield line, "closes", "equals opens (a whole day is 00:00 to 24:00)"


def _overlapping(rows: list[Row], of: tuple[str, ...]) -> Iterator[Problem]:
    """Stretches of one day that overlap; one that closes before it opens ends on the next day."""

    def day(row: Row) -> tuple[Any, ...]:
        return tuple(row[1][name] for name in of)

    ordered = sorted(rows, key=lambda row: (day(row), row[1]["opens"]))
    for _, stretches in groupby(ordered, key=day):
        before: Row | None = None
        for line, row in stretches:
            if before is not None:
                closes = before[1]["closes"]
                is_overnight = closes < before[1]["opens"]
                if row["opens"] != before[1]["opens"] and (is_overnight or row["opens"] < closes):
                    yield line, "opens", f"overlaps with line {before[0]}"
            before = line, row


RULES: Mapping[str, Callable[[list[Row]], Iterator[Problem]]] = {
    "calendars": _second_default,
    "working_hours": _working_hours,
    "holidays": _holidays,
}
