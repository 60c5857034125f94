"""Completion of a goal: the percentage of its target, and whether the target is met."""

from decimal import Decimal
from fractions import Fraction

from goals.types import GOAL_TYPES, GoalType


def goal_completion_percentage(
    goal_type: GoalType, target: Decimal, current: Fraction | None
) -> Fraction | None:
    """Percent of the target, not capped; None without data. Where lower is better, the inverse.

    At 0 the inverse has no value; the target is met, so this is 100.
    """
    if current is None:
        return None
    if not GOAL_TYPES[goal_type].is_lower_better:
        return 100 * current / Fraction(target)
    return 100 * Fraction(target) / current if current else Fraction(100)


def is_target_met(goal_type: GoalType, target: Decimal, current: Fraction | None) -> bool:
    """False without data."""
    if current is None:
        return False
    limit = Fraction(target)
    return current <= limit if GOAL_TYPES[goal_type].is_lower_better else current >= limit
