"""Where a goal stands, and how much of its target that is."""

from decimal import Decimal
from fractions import Fraction

from goals.goal import GoalFacts, GoalType


def current_value(goal_type: GoalType, facts: GoalFacts) -> Fraction | None:
    """Conversions, money, or mean response hours; None for hours without an answered lead."""
    if goal_type == "conversions":
        return Fraction(facts.conversions_booked)
    if goal_type == "revenue":
        return Fraction(facts.revenue_generated)
    if facts.response_count == 0:
        return None
    return Fraction(facts.response_hours_total) / facts.response_count


def goal_completion_percentage(
    goal_type: GoalType, target: Decimal, current: Fraction | None
) -> Fraction | None:
    """Percent of the target, not capped; None without data. Of hours, fewer are better.

    At 0 hours a ratio has no value; the target is met, so this is 100.
    """
    if current is None:
        return None
    if goal_type != "response_time":
        return 100 * current / Fraction(target)
    return 100 * Fraction(target) / current if current else Fraction(100)


def is_target_met(goal_type: GoalType, target: Decimal, current: Fraction | None) -> bool:
    if current is None:
        return False
    wanted = Fraction(target)
    return current <= wanted if goal_type == "response_time" else current >= wanted
