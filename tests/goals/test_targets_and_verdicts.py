"""Valid targets of goals, and verdicts that are final."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from goals.achievement import Achievements, check_goal_achievements, with_achievement
from goals.goal import Goal
from goals.target import ClosedGoalError, TargetError, validate_target, with_target
from goals.types import GoalFacts
from tests.goals.test_progress import april
from tests.support.goal_progress import progress_of

NOW = datetime(2024, 5, 1, 0, 5, tzinfo=UTC)
EARLIER = datetime(2024, 4, 12, 9, 30, tzinfo=UTC)


def checked(goal: Goal, facts: GoalFacts, as_of: date) -> Achievements:
    return check_goal_achievements([progress_of(goal, facts, as_of)], [goal], NOW)


def unchanged(goal: Goal) -> Achievements:
    return Achievements((goal,), (), (), ())


@pytest.mark.parametrize("target", ["0.01", "1", "10.5", "1.100", "1E+11", "999999999999.99"])
def test_a_target_in_range_is_accepted(target: str) -> None:
    assert validate_target(Decimal(target)) == Decimal(target)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("0", "must be above 0"),
        ("-0", "must be above 0"),
        ("-1", "must be above 0"),
        ("1e12", "must be below 1000000000000"),
        ("999999999999.999", "must have at most 2 decimals"),
        ("1.123456789", "must have at most 2 decimals"),
        ("1e-30", "must have at most 2 decimals"),
        ("1e-999999999", "must have at most 2 decimals"),
        ("1e999999999", "must be below 1000000000000"),
        ("NaN", "must be a number"),
        ("sNaN", "must be a number"),
        ("Infinity", "must be a number"),
        ("-Infinity", "must be a number"),
    ],
)
def test_a_target_out_of_range_is_rejected_with_the_reason(target: str, reason: str) -> None:
    with pytest.raises(TargetError, match=reason):
        validate_target(Decimal(target))


def test_a_goal_is_achieved_once() -> None:
    goal, facts = april("conversions", "3"), GoalFacts(conversions_booked=3)
    (achieved,) = checked(goal, facts, date(2024, 4, 10)).achieved
    assert achieved == replace(goal, achieved_at=NOW)
    assert checked(achieved, facts, date(2024, 4, 11)) == unchanged(achieved)


def test_a_goal_is_achieved_at_the_instant_of_its_conversion() -> None:
    goal, facts = april("conversions", "3"), GoalFacts(conversions_booked=4)
    progress = progress_of(goal, facts, date(2024, 4, 20), reached_at=EARLIER)
    achieved = replace(goal, achieved_at=EARLIER)
    assert check_goal_achievements([progress], [goal], NOW) == Achievements(
        (achieved,), (achieved,), (), ()
    )
    # Another conversion is the third one since: the instant moves, and that is no news.
    moved = check_goal_achievements([progress], [replace(goal, achieved_at=NOW)], NOW)
    assert moved == unchanged(achieved)


def test_an_achievement_is_taken_back_while_the_period_is_open() -> None:
    goal = replace(april("conversions", "3"), achieved_at=EARLIER)
    now = with_achievement(goal, None)
    progress = progress_of(now, GoalFacts(conversions_booked=2), date(2024, 4, 20))
    assert progress.status == "on_track"
    taken_back = replace(goal, achieved_at=None)
    assert check_goal_achievements([progress], [goal], NOW) == Achievements(
        (taken_back,), (), (taken_back,), ()
    )
    closed = replace(goal, closed_at=NOW)
    assert with_achievement(closed, None) == closed


def test_a_goal_without_activity_is_closed_after_its_period() -> None:
    goal = april("revenue", "100")
    assert checked(goal, GoalFacts(), date(2024, 4, 30)) == unchanged(goal)
    closed = replace(goal, closed_at=NOW)
    assert checked(goal, GoalFacts(), date(2024, 5, 1)) == Achievements(
        (closed,), (), (), (closed,)
    )
    assert checked(closed, GoalFacts(), date(2024, 5, 2)) == unchanged(closed)


def test_a_closed_goal_keeps_the_time_of_its_achievement() -> None:
    goal = replace(april("revenue", "100"), achieved_at=EARLIER)
    closed = replace(goal, closed_at=NOW)
    assert checked(goal, GoalFacts(), date(2024, 5, 1)) == Achievements(
        (closed,), (), (), (closed,)
    )


def test_a_response_goal_is_achieved_when_it_is_closed() -> None:
    goal = april("response_time", "4")
    facts = GoalFacts(response_hours_total=Decimal(8), response_count=2)
    assert checked(goal, facts, date(2024, 4, 30)) == unchanged(goal)
    closed = replace(goal, achieved_at=NOW, closed_at=NOW)
    assert checked(goal, facts, date(2024, 5, 1)) == Achievements(
        (closed,), (closed,), (), (closed,)
    )


@pytest.mark.parametrize("target", ["1", "1000"])
@pytest.mark.parametrize(("achieved_at", "status"), [(EARLIER, "achieved"), (None, "missed")])
def test_the_verdict_of_a_closed_goal_is_final(
    target: str, achieved_at: datetime | None, status: str
) -> None:
    closed = replace(april("conversions", "10"), achieved_at=achieved_at, closed_at=NOW)
    changed = replace(closed, target=Decimal(target))
    for booked in (0, 500):
        facts = GoalFacts(conversions_booked=booked)
        progress = progress_of(changed, facts, date(2024, 5, 9))
        assert progress.status == status
        assert check_goal_achievements([progress], [changed], NOW) == unchanged(changed)


def test_a_new_target_is_rejected_after_the_period() -> None:
    goal = april("conversions", "10")
    with pytest.raises(ClosedGoalError, match="the period ended on 2024-04-30"):
        with_target(goal, Decimal(5), date(2024, 5, 1))
    with pytest.raises(ClosedGoalError):
        with_target(replace(goal, closed_at=NOW), Decimal(5), date(2024, 4, 30))
    assert with_target(goal, Decimal(5), date(2024, 4, 30)).target == 5


def test_a_higher_target_resets_the_achievement_and_a_lower_one_does_not() -> None:
    goal = replace(april("conversions", "10"), achieved_at=EARLIER)
    assert with_target(goal, Decimal("10.01"), date(2024, 4, 20)).achieved_at is None
    assert with_target(goal, Decimal(10), date(2024, 4, 20)).achieved_at == EARLIER
    assert with_target(goal, Decimal(9), date(2024, 4, 20)).achieved_at == EARLIER
