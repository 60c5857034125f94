"""Open time of agents' calendars: zones, weekly hours, holidays, changes of calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.support.oracle.formulas import half_away
from tests.support.oracle.instants import (
    FIRST,
    MICROSECOND,
    MICROSECONDS_PER_DAY,
    MICROSECONDS_PER_HOUR,
    Instant,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_CLOCK = 400 * MICROSECONDS_PER_DAY
MICROHOURS = 10**6
DAY = timedelta(days=1)

# Opening and closing, as HH:MM.
Hours = tuple[str, str]


@dataclass
class Calendar:
    """Open hours by weekday (1 is Monday), and instead of them those of a holiday, maybe none."""

    time_zone: str
    hours: dict[int, list[Hours]]
    holidays: dict[date, list[Hours]] = field(default_factory=dict)

    def stretches(self, day: date) -> Iterator[tuple[Instant, Instant]]:
        for opens, closes in self.holidays.get(day, self.hours.get(day.isoweekday(), [])):
            start, end = self._instant(day, opens), self._instant(day, closes)
            yield start, end if opens < closes else self._instant(day + DAY, closes)

    def _instant(self, day: date, clock: str) -> Instant:
        """A time that the clock skips counts from before the change, one that it shows twice is
        the second."""
        hours, minutes = map(int, clock.split(":"))
        local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.time_zone))
        local = (local + (DAY if hours == 24 else timedelta())).replace(
            hour=hours % 24, minute=minutes
        )
        later = local.replace(fold=1)
        if (later.utcoffset() or timedelta()) < (local.utcoffset() or timedelta()):
            local = later
        return (local.astimezone(UTC).replace(tzinfo=None) - FIRST) // MICROSECOND


@dataclass
class BusinessHours:
    """`of_agents` gives the calendars of an agent with the date from which each holds."""

    calendars: dict[str, Calendar]
    default: str | None = None
    of_agents: dict[str, list[tuple[date, str]]] = field(default_factory=dict)

    def calendar(self, agent: str, day: date) -> Calendar | None:
        known = [(start, name) for start, name in self.of_agents.get(agent, []) if start <= day]
        name = max(known)[1] if known else self.default
        return None if name is None else self.calendars[name]

    def microhours(self, agent: str, start: Instant, end: Instant) -> int | None:
        """Open time between two instants; None without a calendar or beyond 400 days."""
        if end - start > LONGEST_CLOCK:
            return None
        first = (FIRST + start * MICROSECOND).date() - 2 * DAY
        last = (FIRST + max(start, end) * MICROSECOND).date() + 2 * DAY
        days = [first + ahead * DAY for ahead in range((last - first).days + 1)]
        calendars = [(day, self.calendar(agent, day)) for day in days]
        if all(calendar is None for _, calendar in calendars):
            return None
        stretches = [one for day, own in calendars if own for one in own.stretches(day)]
        found, reached = 0, start
        for opens, closes in sorted(stretches):
            counted_from, counted_to = max(opens, reached), min(closes, end)
            if counted_from < counted_to:
                found, reached = found + counted_to - counted_from, counted_to
        return half_away(Fraction(found * MICROHOURS, MICROSECONDS_PER_HOUR))
