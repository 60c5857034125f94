"""Progress of a goal on the as-of date: value, completion, pace and status, before rounding."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goals.completion import goal_completion_percentage
from goals.goal import Goal
from goals.pace import PaceDays
from goals.status import Status, goal_status
from goals.types import PeriodFacts


@dataclass(frozen=True)
class GoalProgress:
    """None where the number is undefined; units are those of the target."""

    goal: Goal
    as_of: date
    days: PaceDays
    current: Fraction | None
    completion_percentage: Fraction | None
    expected_to_date: Fraction
    projected: Fraction | None
    needed_per_day: Fraction | None
    status: Status


def update_goal_progress(
    goal: Goal, facts: PeriodFacts, as_of: date, days: PaceDays
) -> GoalProgress:
    """`facts` and `days` are those of the goal's period on the as-of date."""
    current = goal.definition.value(facts.to_date)
    expected = Fraction(goal.target) * days.complete / days.total
    return GoalProgress(
        goal=goal,
        as_of=as_of,
        days=days,
        current=current,
        completion_percentage=goal_completion_percentage(goal.goal_type, goal.target, current),
        expected_to_date=expected,
        projected=_projected(goal.definition.value(facts.complete), days),
        needed_per_day=_needed_per_day(goal, current, days.left),
        status=goal_status(goal, current, expected, as_of),
    )


def _projected(current: Fraction | None, days: PaceDays) -> Fraction | None:
    if current is None or days.complete == 0:
        return None
    return current * days.total / days.complete


def _needed_per_day(goal: Goal, current: Fraction | None, days_left: int) -> Fraction | None:
    if goal.definition.is_lower_better or current is None or days_left == 0:
        return None
    return max(Fraction(goal.target) - current, Fraction(0)) / days_left
