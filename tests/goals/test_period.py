"""Periods of goals, by the calendar or the fiscal year, and those that can be set."""

from datetime import date

import pytest

from goals.goal import Period
from goals.period import GoalPeriod, goal_period, settable_periods


@pytest.mark.parametrize(
    ("period", "day", "start", "end"),
    [
        ("monthly", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("monthly", date(2023, 2, 1), date(2023, 2, 1), date(2023, 2, 28)),
        ("monthly", date(2024, 12, 31), date(2024, 12, 1), date(2024, 12, 31)),
        ("quarterly", date(2024, 3, 31), date(2024, 1, 1), date(2024, 3, 31)),
        ("quarterly", date(2024, 4, 1), date(2024, 4, 1), date(2024, 6, 30)),
        ("quarterly", date(2024, 11, 15), date(2024, 10, 1), date(2024, 12, 31)),
        ("yearly", date(2024, 7, 4), date(2024, 1, 1), date(2024, 12, 31)),
        ("yearly", date(9999, 12, 31), date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_period_is_the_calendar_period_of_the_day(
    period: Period, day: date, start: date, end: date
) -> None:
    bounds = goal_period(period, day)
    assert (bounds.start, bounds.end) == (start, end)


@pytest.mark.parametrize(
    ("period", "day", "start", "end"),
    [
        # The fiscal year begins in April.
        ("monthly", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("quarterly", date(2024, 3, 31), date(2024, 1, 1), date(2024, 3, 31)),
        ("yearly", date(2024, 3, 31), date(2023, 4, 1), date(2024, 3, 31)),
        ("yearly", date(2024, 4, 1), date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_a_year_begins_with_the_fiscal_one(
    period: Period, day: date, start: date, end: date
) -> None:
    assert goal_period(period, day, 4) == GoalPeriod(start, end)


def test_quarters_begin_with_the_fiscal_year() -> None:
    # February, May, August and November.
    assert goal_period("quarterly", date(2024, 1, 31), 2) == GoalPeriod(
        date(2023, 11, 1), date(2024, 1, 31)
    )


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("monthly", ["2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"]),
        ("quarterly", ["2023-11-01", "2024-02-01", "2024-05-01", "2024-08-01", "2024-11-01"]),
        ("yearly", ["2023-02-01", "2024-02-01", "2025-02-01", "2026-02-01", "2027-02-01"]),
    ],
)
def test_the_current_period_and_the_next_four_can_be_set(period: Period, starts: list[str]) -> None:
    periods = settable_periods(period, date(2023, 12, 31), 2)
    assert [one.start.isoformat() for one in periods] == starts
