"""Progress of a goal on the as-of date: value, completion, pace and status, before rounding."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from goals.completion import goal_completion_percentage
from goals.goal import Goal
from goals.status import Status, goal_status
from goals.types import GoalFacts


@dataclass(frozen=True)
class GoalProgress:
    """None where the number is undefined; units are those of the target."""

    goal: Goal
    as_of: date
    current: Fraction | None
    completion_percentage: Fraction | None
    expected_to_date: Fraction
    projected: Fraction | None
    needed_per_day: Fraction | None
    status: Status


def update_goal_progress(goal: Goal, facts: GoalFacts, as_of: date) -> GoalProgress:
    """`facts` are the sums over [period_start, min(as_of, period_end)], all 0 without activity."""
    current = goal.definition.value(facts)
    elapsed = goal.elapsed_days(as_of)
    return GoalProgress(
        goal=goal,
        as_of=as_of,
        current=current,
        completion_percentage=goal_completion_percentage(goal.goal_type, goal.target, current),
        expected_to_date=Fraction(goal.target) * elapsed / goal.period_days,
        projected=current * goal.period_days / elapsed if current is not None and elapsed else None,
        needed_per_day=_needed_per_day(goal, current, goal.period_days - elapsed),
        status=goal_status(goal, current, as_of),
    )


def _needed_per_day(goal: Goal, current: Fraction | None, days_left: int) -> Fraction | None:
    if goal.definition.is_lower_better or current is None or days_left == 0:
        return None
    return max(Fraction(goal.target) - current, Fraction(0)) / days_left
