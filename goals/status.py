"""Status of a goal: upcoming, achieved, missed, or its pace against what is expected by now."""

from datetime import date
from fractions import Fraction
from typing import Literal

from goals.completion import is_target_met
from goals.goal import Goal

Status = Literal[
    "upcoming", "achieved", "missed", "ahead", "on_track", "at_risk", "behind", "no_data"
]

# Least share of what is expected by the last complete day, for each status.
PACES: tuple[tuple[Fraction, Status], ...] = (
    (Fraction(105, 100), "ahead"),
    (Fraction(95, 100), "on_track"),
    (Fraction(75, 100), "at_risk"),
)
# Where lower is better, the value may exceed the target by this factor before a goal is behind.
AT_RISK_FACTOR = Fraction(125, 100)


def goal_status(goal: Goal, current: Fraction | None, expected: Fraction, as_of: date) -> Status:
    """`expected` by the last complete day.

    A closed goal keeps its verdict, even if its target or the facts changed since.
    """
    if goal.closed_at is not None:
        return _verdict(goal.achieved_at is not None, current)
    if goal.is_upcoming(as_of):
        return "upcoming"
    is_met = is_target_met(goal.goal_type, goal.target, current)
    if goal.definition.is_lower_better:
        if goal.is_over(as_of) or current is None:
            return _verdict(is_met, current)
        return _pace_below(Fraction(goal.target), current)
    if is_met or goal.achieved_at is not None:
        return "achieved"
    if goal.is_over(as_of) or current is None:
        return "missed"
    return _pace(current, expected)


def _verdict(is_achieved: bool, current: Fraction | None) -> Status:
    if is_achieved:
        return "achieved"
    return "no_data" if current is None else "missed"


def _pace(current: Fraction, expected: Fraction) -> Status:
    if expected == 0:
        return "on_track"
    for share, status in PACES:
        if current >= share * expected:
            return status
    return "behind"


def _pace_below(target: Fraction, current: Fraction) -> Status:
    if current <= target:
        return "on_track"
    return "at_risk" if current <= AT_RISK_FACTOR * target else "behind"
