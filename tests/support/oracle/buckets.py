"""Buckets of dates in which revenue trends are served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tests.support.oracle.periods import DAY, months_later

if TYPE_CHECKING:
    from datetime import date as Date  # noqa: N812

    from tests.support.oracle.periods import Calendar

BucketLength = Literal["daily", "weekly", "monthly"]


class Bucket(NamedTuple):
    """`date` is the day, the first day of the week or the 1st of the month; the dates that the
    bucket holds may begin later."""

    date: Date
    first: Date
    last: Date


def latest(length: BucketLength, calendar: Calendar) -> Date:
    """First date of the 30 days, 12 weeks or 12 months that end with the as-of date."""
    if length == "daily":
        return calendar.as_of - 29 * DAY
    if length == "weekly":
        return calendar.week_of(calendar.as_of) - 11 * 7 * DAY
    return months_later(calendar.as_of.replace(day=1), -11)


def between(length: BucketLength, first: Date, last: Date, calendar: Calendar) -> list[Bucket]:
    """Every bucket with a date from first to last, cut at these ends."""
    start = {
        "daily": first,
        "weekly": calendar.week_of(first),
        "monthly": first.replace(day=1),
    }[length]
    found = []
    while start <= last:
        following = {
            "daily": start + DAY,
            "weekly": start + 7 * DAY,
            "monthly": months_later(start.replace(day=1), 1),
        }[length]
        found.append(Bucket(start, max(start, first), min(following - DAY, last)))
        start = following
    return found
