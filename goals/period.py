"""Period of a goal: a calendar month, or a quarter or year of the fiscal calendar."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from goals.goal import Period

MONTHS: dict[Period, int] = {"monthly": 1, "quarterly": 3, "yearly": 12}
PERIODS_AHEAD = 4
"""Periods after the current one that a goal may be set for."""


@dataclass(frozen=True)
class GoalPeriod:
    """Both dates belong to it."""

    start: date
    end: date


def goal_period(period: Period, day: date, year_starts_in: int = 1) -> GoalPeriod:
    """The period that contains the day, which is a date in the business time zone.

    `year_starts_in` is the month in which the fiscal year begins.
    """
    months = MONTHS[period]
    start = _month(day, -((day.month - year_starts_in) % months))
    last = _month(start, months - 1)
    return GoalPeriod(start, last.replace(day=monthrange(last.year, last.month)[1]))


def settable_periods(period: Period, today: date, year_starts_in: int = 1) -> list[GoalPeriod]:
    """The current period and the next ones, in order; goals can be set for these."""
    periods = [goal_period(period, today, year_starts_in)]
    for _ in range(PERIODS_AHEAD):
        following = periods[-1].end + timedelta(days=1)
        periods.append(goal_period(period, following, year_starts_in))
    return periods


def _month(day: date, months_later: int) -> date:
    """The first day of the month that lies so many months after the day's own."""
    years, month = divmod(day.month - 1 + months_later, 12)
    return date(day.year + years, month + 1, 1)
