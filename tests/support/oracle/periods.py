"""Periods that an agent can look at, and the dates with which each is compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Compare = Literal["previous", "year"]

DAY = timedelta(days=1)
NAMED = (
    "7",
    "30",
    "90",
    "365",
    "mtd",
    "qtd",
    "ytd",
    "last_month",
    "last_quarter",
    "last_year",
)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
TO_DATE = {"mtd": "month", "qtd": "quarter", "ytd": "year"}
WHOLE = {"last_month": "month", "last_quarter": "quarter", "last_year": "year"}
LONGEST_RANGE = 1096
LONGEST_COMPARED_WITH_YEAR = 366
SERVED_HISTORY_DAYS = 1461


class InvalidPeriod(ValueError):  # noqa: N818
    """A period that the API answers with 422."""


@dataclass(frozen=True)
class Calendar:
    """Dates on which a build depends: *A*, *D*, and how years and weeks begin."""

    as_of: date
    through: date
    fiscal_year_starts_in: int = 1
    week_starts_on: Literal["monday", "sunday"] = "monday"
    served_history_days: int = SERVED_HISTORY_DAYS

    def week_of(self, day: date) -> date:
        into = day.weekday() if self.week_starts_on == "monday" else day.isoweekday() % 7
        return day - into * DAY

    def unit_of(self, day: date, months: int) -> date:
        """First day of the month, quarter or year of so many months that contains the day."""
        into = (day.month - self.fiscal_year_starts_in) % months
        return months_later(day.replace(day=1), -into)


@dataclass(frozen=True)
class Span:
    """Dates, both included, and the date up to which stages and answers are known."""

    first: date
    last: date
    known_on: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Period:
    """Dates of a period up to *A*, and all dates of the earlier one."""

    name: str
    is_named: bool
    compare: Compare
    first: date
    last: date
    earlier_first: date
    earlier_last: date
    is_beyond_served_history: bool


@dataclass(frozen=True)
class Comparison:
    """Both sides of a trend, and the earlier dates at the same age that agents are ranked by."""

    current: Span
    previous: Span
    ranked: Span


def months_later(first_of_month: date, months: int) -> date:
    years, month = divmod(first_of_month.year * 12 + first_of_month.month - 1 + months, 12)
    return date(years, month + 1, 1)


def year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)


def named_period(name: str, calendar: Calendar, compare: Compare) -> Period:
    as_of = calendar.as_of
    if name.isdigit():
        first = as_of - (int(name) - 1) * DAY
        return _of_days(name, first, as_of, calendar, compare, is_named=True)
    months = MONTHS[(TO_DATE | WHOLE)[name]]
    first, last = calendar.unit_of(as_of, months), as_of
    if name in WHOLE:
        first, last = months_later(first, -months), first - DAY
    earlier = months_later(first, -12 if compare == "year" else -months)
    earlier_last = months_later(earlier, months) - DAY
    return Period(name, True, compare, first, last, earlier, earlier_last, False)


def free_range(start: date, end: date, calendar: Calendar, compare: Compare) -> Period:
    end = min(end, calendar.as_of)
    days = (end - start).days + 1
    if not 1 <= days <= LONGEST_RANGE or start < _served_from(calendar):
        raise InvalidPeriod(f"{start}..{end}")
    return _of_days(f"{start}..{end}", start, end, calendar, compare, is_named=False)


def _of_days(
    name: str, first: date, last: date, calendar: Calendar, compare: Compare, *, is_named: bool
) -> Period:
    length = last - first + DAY
    if compare == "year" and length.days > LONGEST_COMPARED_WITH_YEAR:
        raise InvalidPeriod(f"{name} with the year before")
    earlier = year_before(first) if compare == "year" else first - length
    is_beyond = not is_named and earlier < _served_from(calendar)
    return Period(name, is_named, compare, first, last, earlier, earlier + length - DAY, is_beyond)


def _served_from(calendar: Calendar) -> date:
    return calendar.as_of - (calendar.served_history_days - 1) * DAY


def compared(period: Period, through: date) -> Comparison | None:
    """Complete days of equal number at the same age; None without a complete day.

    Ranks are compared with those of the whole earlier period; one up to date has as many dates
    there as it has itself.
    """
    shown = (period.last - period.first).days + 1
    complete = (min(period.last, through) - period.first).days + 1
    days = min(complete, (period.earlier_last - period.earlier_first).days + 1)
    if days < 1:
        return None
    last = period.first + (days - 1) * DAY
    earlier_last = period.earlier_first + (days - 1) * DAY
    ranked_last = period.earlier_last
    if period.name in TO_DATE:
        ranked_last = min(period.earlier_first + (shown - 1) * DAY, ranked_last)
    age = through - last
    return Comparison(
        current=Span(period.first, last, through),
        previous=Span(period.earlier_first, earlier_last, earlier_last + age),
        ranked=Span(period.earlier_first, ranked_last, ranked_last + age),
    )
