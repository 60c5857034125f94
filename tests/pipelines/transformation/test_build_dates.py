"""The as-of date and the last complete day of a build follow from the instant its run began."""

from datetime import UTC, date, datetime

import pytest

from pipelines.transformation.build_plan import as_of_date, through_date


@pytest.mark.parametrize(
    ("now", "zone", "as_of", "through"),
    [
        (datetime(2024, 3, 1, 9, tzinfo=UTC), "UTC", date(2024, 3, 1), date(2024, 2, 29)),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), "UTC", date(2024, 2, 29), date(2024, 2, 28)),
        (datetime(2024, 2, 29, 15, tzinfo=UTC), "Asia/Tokyo", date(2024, 3, 1), date(2024, 2, 29)),
    ],
)
def test_today_is_not_over(now: datetime, zone: str, as_of: date, through: date) -> None:
    assert as_of_date(None, zone, now) == as_of
    assert through_date(as_of, zone, now) == through


@pytest.mark.parametrize(
    ("fixed", "through"),
    [(date(2024, 2, 28), date(2024, 2, 28)), (date(2024, 2, 29), date(2024, 2, 28))],
)
def test_a_fixed_date_is_complete_once_it_is_over(fixed: date, through: date) -> None:
    now = datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert as_of_date(fixed, "UTC", now) == fixed
    assert through_date(fixed, "UTC", now) == through
