"""Properties of goal formulas for every goal, day and sum."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from goals.achievement import check_goal_achievements
from goals.goal import Goal, Period
from goals.period import goal_period
from goals.rounding import rounded, served
from goals.target import validate_target
from goals.types import GoalFacts, GoalType
from tests.support.goal_progress import progress_of

NOW = datetime(2024, 5, 1, tzinfo=UTC)

PERIODS: st.SearchStrategy[Period] = st.sampled_from(("monthly", "quarterly", "yearly"))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TARGETS = st.decimals(Decimal("0.01"), Decimal("999999999999.99"), places=2)
FACTS = st.builds(
    GoalFacts,
    conversions_booked=st.integers(0, 10**9),
    revenue_generated=st.decimals(Decimal(-(10**15)), Decimal(10**15), places=2),
    response_hours_total=st.decimals(Decimal(0), Decimal(10**13), places=6),
    response_count=st.integers(0, 10**9),
)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    period: Period = draw(PERIODS)
    goal_type: GoalType = draw(st.sampled_from(("conversions", "revenue", "response_time")))
    bounds = goal_period(period, draw(DAYS))
    return Goal(1, "ann", goal_type, period, draw(TARGETS), bounds.start, bounds.end)


@given(PERIODS, DAYS)
def test_a_period_contains_its_day_and_periods_have_no_gaps(period: Period, day: date) -> None:
    bounds = goal_period(period, day)
    assert bounds.start <= day <= bounds.end
    assert goal_period(period, bounds.start) == goal_period(period, bounds.end) == bounds
    following = goal_period(period, bounds.end + timedelta(days=1))
    assert following.start - bounds.end == timedelta(days=1)


@given(goals(), FACTS, st.integers(-40, 400))
def test_the_status_agrees_with_the_numbers(goal: Goal, facts: GoalFacts, days: int) -> None:
    as_of = goal.period_start + timedelta(days=days)
    progress = progress_of(goal, facts, as_of)
    is_over = as_of > goal.period_end
    if as_of < goal.period_start:
        assert progress.status == "upcoming"
    elif goal.goal_type == "response_time":
        assert (progress.status == "no_data") == (facts.response_count == 0)
        assert progress.status not in ("ahead", "achieved" if not is_over else "on_track")
    elif progress.current is not None:
        assert (progress.status == "achieved") == (progress.current >= Fraction(goal.target))
        assert progress.status == "achieved" or (progress.status == "missed") == is_over
    if progress.completion_percentage is not None and progress.status == "achieved":
        assert progress.completion_percentage >= 100


@given(goals(), FACTS, st.integers(0, 366))
def test_needed_per_day_reaches_the_target_on_the_last_day(
    goal: Goal, facts: GoalFacts, days: int
) -> None:
    progress = progress_of(goal, facts, goal.period_start + timedelta(days=days))
    if progress.needed_per_day is not None and progress.current is not None:
        left = (goal.period_end - progress.as_of).days + 1
        assert progress.current + progress.needed_per_day * left == max(
            progress.current, Fraction(goal.target)
        )


@given(goals(), FACTS, FACTS, TARGETS)
def test_achievements_and_verdicts_are_final(
    goal: Goal, facts: GoalFacts, others: GoalFacts, target: Decimal
) -> None:
    last, after = goal.period_end, goal.period_end + timedelta(days=1)
    for day, first, second in ((last, facts, others), (after, facts, others)):
        progress = progress_of(goal, first, day)
        achievements = check_goal_achievements([progress], [goal], NOW)
        for goal_achieved in achievements.achieved:
            assert progress_of(goal_achieved, second, day).status == "achieved"
        for goal_closed in achievements.closed:
            later = progress_of(replace(goal_closed, target=target), first, day)
            assert later.status == progress.status
            assert check_goal_achievements([later], [later.goal], NOW).closed == ()


@given(goals(), FACTS, st.integers(0, 366))
def test_served_numbers_differ_by_half_a_last_digit_at_most(
    goal: Goal, facts: GoalFacts, days: int
) -> None:
    progress = progress_of(goal, facts, goal.period_start + timedelta(days=days))
    percentage = served(progress).completion_percentage
    if percentage is None or progress.completion_percentage is None:
        assert percentage is None
        assert progress.completion_percentage is None
    else:
        assert abs(Fraction(percentage) - progress.completion_percentage) <= Fraction(1, 20)
        assert not (percentage == 0 and percentage.is_signed())


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_symmetric_around_zero(value: Fraction, decimals: int) -> None:
    assert rounded(-value, decimals) == rounded(value, decimals).copy_negate()


@given(st.integers(1, 10**14 - 1))
def test_every_whole_cent_below_the_limit_is_a_valid_target(cents: int) -> None:
    assert validate_target(Decimal(cents).scaleb(-2)) == Decimal(cents) / 100
