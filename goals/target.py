"""Targets: the range that they may have, and a goal with a new one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from goals.goal import Goal

TARGET_LIMIT = Decimal(10) ** 12
SMALLEST_STEP = Decimal("0.01")


class TargetError(ValueError):
    """The target is out of range; the message names the bound."""


class ClosedGoalError(ValueError):
    """The period of the goal is over."""


def validate_target(target: Decimal) -> Decimal:
    """Returns the target if it is above 0, below 1e12 and has at most 2 decimals.

    Raises TargetError.
    """
    if not target.is_finite():
        raise TargetError("must be a number")
    if target <= 0:
        raise TargetError("must be above 0")
    if target >= TARGET_LIMIT:
        raise TargetError("must be below 1000000000000")
    if target != target.quantize(SMALLEST_STEP):
        raise TargetError("must have at most 2 decimals")
    return target


def with_target(goal: Goal, target: Decimal, as_of: date) -> Goal:
    """The goal with a new target; a target that is harder to meet resets the achievement.

    Raises ClosedGoalError once the period is over.
    """
    if goal.closed_at is not None or goal.is_over(as_of):
        raise ClosedGoalError(f"the period ended on {goal.period_end.isoformat()}")
    is_harder = target < goal.target if goal.definition.is_lower_better else target > goal.target
    return replace(
        goal,
        target=validate_target(target),
        achieved_at=None if is_harder else goal.achieved_at,
    )
