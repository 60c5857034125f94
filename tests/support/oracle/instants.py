"""Readable instants as whole microseconds, and their dates in the business time zone.

An instant is the number of microseconds since 0001-01-01 00:00 UTC, so that it may lie a day
outside of what `datetime` holds. Whatever is not readable (infinity, BC, a year of six digits) is
None.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Instant = int

MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_PER_HOUR = 3600 * 10**6
MICROSECONDS_PER_DAY = 24 * MICROSECONDS_PER_HOUR
FIRST = datetime(1, 1, 1)
LAST_ORDINAL = date.max.toordinal()
# After 400 years dates have the same weekdays again, so that a zone's rules give the same offset.
CYCLE_DAYS = 146097


def _offset(at: Instant, zone: ZoneInfo) -> int:
    """Microseconds by which local time is ahead of UTC; near the ends of the calendar, that of a
    date 400 years further inside."""
    if at < CYCLE_DAYS * MICROSECONDS_PER_DAY:
        at += CYCLE_DAYS * MICROSECONDS_PER_DAY
    elif at > (LAST_ORDINAL - CYCLE_DAYS) * MICROSECONDS_PER_DAY:
        at -= CYCLE_DAYS * MICROSECONDS_PER_DAY
    local = (FIRST + at * MICROSECOND).replace(tzinfo=UTC).astimezone(zone)
    return (local.utcoffset() or timedelta()) // MICROSECOND


@lru_cache(maxsize=2**16)
def day(at: Instant, zone: ZoneInfo) -> date | None:
    ordinal = (at + _offset(at, zone)) // MICROSECONDS_PER_DAY + 1
    return date.fromordinal(ordinal) if 1 <= ordinal <= LAST_ORDINAL else None


def instant(text: str | None, zone: ZoneInfo) -> Instant | None:
    """The instant that the text gives, in UTC where it names no offset; None where its date in the
    zone does not exist."""
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    offset = at.utcoffset() or timedelta()
    moment = (at.replace(tzinfo=None) - FIRST) // MICROSECOND - offset // MICROSECOND
    return None if day(moment, zone) is None else moment
