"""Period of a goal: a calendar month, quarter or year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from goals.goal import Period

MONTHS: dict[Period, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True)
class GoalPeriod:
    """Both dates belong to it."""

    start: date
    end: date


def goal_period(period: Period, day: date) -> GoalPeriod:
    """The period that contains the day, which is a date in the business time zone."""
    months = MONTHS[period]
    first = day.month - (day.month - 1) % months
    last = first + months - 1
    return GoalPeriod(date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))
