"""Business hours worked out on paper, across weekends, holidays, and both changes of the clock.

Calendars: `office` in Berlin, Monday to Friday 09:00 to 12:00 and 13:00 to 17:00, closed on Good
Friday 2024-03-29, open 10:00 to 11:00 on Tuesday 2024-04-02; `night` in Berlin, every day 22:00 to
06:00; `always` in New York, every day 00:00 to 24:00. In Berlin the clock goes from 02:00 to 03:00
on Sunday 2024-03-31, and from 03:00 to 02:00 on Sunday 2024-10-27; in New York on 2024-03-10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal as D  # noqa: N817

from tests.support.oracle.business_hours import BusinessHours, Calendar

WEEK = range(1, 8)
HOURS = BusinessHours(
    calendars={
        "office": Calendar(
            "Europe/Berlin",
            {day: [("09:00", "12:00"), ("13:00", "17:00")] for day in range(1, 6)},
            {date(2024, 3, 29): [], date(2024, 4, 2): [("10:00", "11:00")]},
        ),
        "night": Calendar("Europe/Berlin", {day: [("22:00", "06:00")] for day in WEEK}),
        "always": Calendar("America/New_York", {day: [("00:00", "24:00")] for day in WEEK}),
    },
    default="office",
    of_agents={
        "nina": [(date(2024, 1, 1), "night")],
        "alma": [(date(2024, 1, 1), "always")],
        # At the office up to Wednesday 2024-03-20, by night from Thursday on.
        "swen": [(date(2024, 3, 21), "night")],
    },
)


@dataclass(frozen=True)
class Case:
    """`created` and `contacted` with their offsets; hours elapsed and hours open."""

    name: str
    agent: str
    created: str
    contacted: str
    elapsed: D
    open: D


CASES = (
    Case(
        "in_one_stretch",
        "olaf",
        "2024-03-20T09:30+01:00",
        "2024-03-20T11:00+01:00",
        D("1.5"),
        D("1.5"),
    ),
    Case(
        "over_lunch",
        "olaf",
        "2024-03-20T11:30+01:00",
        "2024-03-20T13:15+01:00",
        D("1.75"),
        D("0.75"),
    ),
    Case(
        "within_lunch", "olaf", "2024-03-20T12:10+01:00", "2024-03-20T12:40+01:00", D("0.5"), D("0")
    ),
    # Friday 16:00 to Monday 10:00.
    Case(
        "over_a_weekend",
        "olaf",
        "2024-03-22T16:00+01:00",
        "2024-03-25T10:00+01:00",
        D("66"),
        D("2"),
    ),
    # Thursday 16:00 to Tuesday 10:30, over Good Friday, the change of the clock, and Easter Monday,
    # which this calendar does not know: 1 + 7 + 0.5.
    Case(
        "over_easter",
        "olaf",
        "2024-03-28T16:00+01:00",
        "2024-04-02T10:30+02:00",
        D("113.5"),
        D("8.5"),
    ),
    # 21:00 to 07:00 on the night in which 02:00 to 03:00 is missing.
    Case("short_night", "nina", "2024-03-30T21:00+01:00", "2024-03-31T07:00+02:00", D("9"), D("7")),
    Case("long_night", "nina", "2024-10-26T21:00+02:00", "2024-10-27T07:00+01:00", D("11"), D("9")),
    # After midnight the stretch of the day before is open.
    Case(
        "after_midnight",
        "nina",
        "2024-03-20T00:30+01:00",
        "2024-03-20T23:00+01:00",
        D("22.5"),
        D("6.5"),
    ),
    # The clock of New York goes forward: ten hours by the clock are nine.
    Case("always_open", "alma", "2024-03-09T20:00-05:00", "2024-03-10T06:00-04:00", D("9"), D("9")),
    # Wednesday 16:00 to Thursday 23:00: 1 hour of the office, and 1 of the night.
    Case(
        "another_calendar",
        "swen",
        "2024-03-20T16:00+01:00",
        "2024-03-21T23:00+01:00",
        D("31"),
        D("2"),
    ),
)
