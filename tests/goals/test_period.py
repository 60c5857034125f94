"""Calendar periods of goals."""

from datetime import date

import pytest

from goals.goal import Period
from goals.period import goal_period


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
