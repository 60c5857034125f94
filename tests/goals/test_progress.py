"""Progress of goals: completion, pace and status."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from goals.completion import goal_completion_percentage
from goals.goal import Goal
from goals.period import goal_period
from goals.rounding import rounded, served
from goals.types import GoalFacts, GoalType
from tests.support.goal_progress import progress_of

ACHIEVED_AT = datetime(2024, 4, 12, 9, 30, tzinfo=UTC)


def april(goal_type: GoalType, target: str) -> Goal:
    return Goal(
        goal_id=1,
        agent_id="ann",
        goal_type=goal_type,
        period="monthly",
        target=Decimal(target),
        period_start=date(2024, 4, 1),
        period_end=date(2024, 4, 30),
    )


def hours(total: str, count: int) -> GoalFacts:
    return GoalFacts(response_hours_total=Decimal(total), response_count=count)


@pytest.mark.parametrize(
    ("goal_type", "target", "current", "percentage"),
    [
        ("conversions", "20", "15", Fraction(75)),
        ("conversions", "20", "0", Fraction(0)),
        ("conversions", "20", "50", Fraction(250)),
        ("revenue", "0.01", "999999999999.99", Fraction(9_999_999_999_999_900)),
        ("revenue", "1000", "-250.50", Fraction(-2505, 100)),
        ("response_time", "4", "5", Fraction(80)),
        ("response_time", "4", "2", Fraction(200)),
        ("response_time", "4", "0", Fraction(100)),
    ],
)
def test_completion_is_the_uncapped_share_of_the_target(
    goal_type: GoalType, target: str, current: str, percentage: Fraction
) -> None:
    completion = goal_completion_percentage(goal_type, Decimal(target), Fraction(current))
    assert completion == percentage


def test_completion_without_data_is_undefined() -> None:
    assert goal_completion_percentage("response_time", Decimal(4), None) is None


@pytest.mark.parametrize(
    ("day", "booked", "expected", "projected", "needed", "status"),
    [
        # 30 in 30 days: one a day is expected. Each day is over; it is still one of those left.
        (1, 0, "1.0", "0.0", "1.0", "behind"),
        (1, 1, "1.0", "30.0", "1.0", "on_track"),
        (1, 2, "1.0", "60.0", "0.9", "ahead"),
        (20, 21, "20.0", "31.5", "0.8", "ahead"),
        (20, 20, "20.0", "30.0", "0.9", "on_track"),
        (20, 19, "20.0", "28.5", "1.0", "on_track"),
        (20, 18, "20.0", "27.0", "1.1", "at_risk"),
        (20, 15, "20.0", "22.5", "1.4", "at_risk"),
        (20, 14, "20.0", "21.0", "1.5", "behind"),
        (20, 30, "20.0", "45.0", "0.0", "achieved"),
        (29, 28, "29.0", "29.0", "1.0", "on_track"),
        (30, 29, "30.0", "29.0", "1.0", "on_track"),
        (30, 30, "30.0", "30.0", "0.0", "achieved"),
    ],
)
def test_the_pace_of_thirty_conversions_in_april(
    day: int, booked: int, expected: str, projected: str, needed: str, status: str
) -> None:
    facts = GoalFacts(conversions_booked=booked)
    progress = served(progress_of(april("conversions", "30"), facts, date(2024, 4, day)))
    assert progress.current == booked
    assert progress.expected_to_date == Decimal(expected)
    assert progress.projected == Decimal(projected)
    assert progress.needed_per_day == Decimal(needed)
    assert progress.status == status


@pytest.mark.parametrize(
    ("day", "booked", "complete", "expected", "projected", "needed", "status"),
    [
        # 30 in 30 days, while the day lasts: it is not expected to bring anything yet.
        (1, 0, 0, "0.0", None, "1.0", "on_track"),
        (1, 2, 0, "0.0", None, "0.9", "on_track"),
        (2, 2, 1, "1.0", "30.0", "1.0", "ahead"),
        (11, 10, 8, "10.0", "24.0", "1.0", "on_track"),
        (11, 7, 7, "10.0", "21.0", "1.2", "behind"),
        (30, 28, 28, "29.0", "29.0", "2.0", "on_track"),
        (30, 30, 29, "29.0", "30.0", "0.0", "achieved"),
    ],
)
def test_the_pace_goes_by_complete_days(
    day: int,
    booked: int,
    complete: int,
    expected: str,
    projected: str | None,
    needed: str,
    status: str,
) -> None:
    progress = served(
        progress_of(
            april("conversions", "30"),
            GoalFacts(conversions_booked=booked),
            date(2024, 4, day),
            date(2024, 4, day) - timedelta(days=1),
            complete=GoalFacts(conversions_booked=complete),
        )
    )
    assert progress.expected_to_date == Decimal(expected)
    assert progress.projected == (None if projected is None else Decimal(projected))
    assert progress.needed_per_day == Decimal(needed)
    assert progress.status == status


def test_days_after_the_period_do_not_count() -> None:
    facts = GoalFacts(conversions_booked=15)
    progress = progress_of(april("conversions", "30"), facts, date(2024, 6, 10))
    assert progress.expected_to_date == 30
    assert progress.projected == 15
    assert progress.needed_per_day is None
    assert progress.status == "missed"


def test_nothing_is_expected_before_the_period() -> None:
    progress = progress_of(april("revenue", "60"), GoalFacts(), date(2024, 3, 20))
    assert progress.expected_to_date == 0
    assert progress.projected is None
    assert progress.needed_per_day == 2
    assert progress.status == "upcoming"


def test_a_leap_day_counts() -> None:
    period = goal_period("monthly", date(2024, 2, 10))
    goal = replace(april("revenue", "2900"), period_start=period.start, period_end=period.end)
    progress = progress_of(goal, GoalFacts(revenue_generated=Decimal("2714.50")), date(2024, 2, 28))
    # 28 of 29 days: 2800 expected, 95 % of it are 2660; 2714.50 · 29 / 28 = 2811.4464...
    assert served(progress).expected_to_date == Decimal("2800.00")
    assert served(progress).projected == Decimal("2811.45")
    assert served(progress).needed_per_day == Decimal("92.75")
    assert progress.status == "on_track"


def test_a_refund_after_the_achievement_does_not_undo_it() -> None:
    goal = replace(april("revenue", "1000"), achieved_at=ACHIEVED_AT)
    facts = GoalFacts(revenue_generated=Decimal("400"))
    for day in (date(2024, 4, 20), date(2024, 4, 30), date(2024, 5, 1)):
        progress = progress_of(goal, facts, day)
        assert progress.status == "achieved"
        assert progress.completion_percentage == 40


@pytest.mark.parametrize(
    ("total", "count", "status_before_the_end", "status_after"),
    [
        ("0", 0, "no_data", "no_data"),
        ("0", 1, "on_track", "achieved"),
        ("12", 3, "on_track", "achieved"),
        ("12.000000001", 3, "at_risk", "missed"),
        ("15", 3, "at_risk", "missed"),
        ("15.000000001", 3, "behind", "missed"),
        ("999999999999.999999", 1, "behind", "missed"),
    ],
)
def test_a_response_goal_is_achieved_or_missed_at_the_end_of_its_period(
    total: str, count: int, status_before_the_end: str, status_after: str
) -> None:
    goal, facts = april("response_time", "4"), hours(total, count)
    for day in (date(2024, 4, 1), date(2024, 4, 30)):
        assert progress_of(goal, facts, day).status == status_before_the_end
    assert progress_of(goal, facts, date(2024, 5, 1)).status == status_after


def test_a_response_goal_without_a_responded_lead_has_no_numbers() -> None:
    progress = served(progress_of(april("response_time", "4"), hours("0", 0), date(2024, 4, 9)))
    assert (progress.current, progress.completion_percentage, progress.projected) == (
        None,
        None,
        None,
    )
    assert progress.needed_per_day is None


def test_response_hours_are_a_ratio_of_sums_with_one_decimal() -> None:
    # 100 h over 3 leads: 33.33 h; 4 / 33.33 = 12 %.
    progress = served(progress_of(april("response_time", "4"), hours("100", 3), date(2024, 4, 9)))
    assert progress.current == Decimal("33.3")
    assert progress.completion_percentage == Decimal("12.0")
    assert progress.needed_per_day is None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
        ("-0.04", 1, "0.0"),
        ("0.049999999999999999999999999999999", 1, "0.0"),
        ("2.675", 2, "2.68"),
        ("999999999999.995", 2, "1000000000000.00"),
        ("123456789012345678901234567890.25", 1, "123456789012345678901234567890.3"),
        ("7", 0, "7"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, decimals: int, text: str) -> None:
    assert str(rounded(Fraction(value), decimals)) == text
