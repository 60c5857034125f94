"""Rounding of goal progress as it is served: the last step, half away from zero."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from goals.progress import GoalProgress
from goals.status import Status


@dataclass(frozen=True)
class ServedProgress:
    """The progress with the decimals of the goal's type; percentages have 1."""

    current: Decimal | None
    completion_percentage: Decimal | None
    expected_to_date: Decimal
    projected: Decimal | None
    needed_per_day: Decimal | None
    status: Status


def served(progress: GoalProgress) -> ServedProgress:
    """The progress rounded."""
    goal_type = progress.goal.definition
    return ServedProgress(
        current=_rounded_or_none(progress.current, goal_type.value_decimals),
        completion_percentage=_rounded_or_none(progress.completion_percentage, 1),
        expected_to_date=rounded(progress.expected_to_date, goal_type.decimals),
        projected=_rounded_or_none(progress.projected, goal_type.decimals),
        needed_per_day=_rounded_or_none(progress.needed_per_day, goal_type.decimals),
        status=progress.status,
    )


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half away from zero, exact at any size, never a negative zero."""
    doubled = 2 * abs(value) * 10**decimals
    units = int((doubled + 1) // 2)
    sign = 1 if value < 0 and units else 0
    return Decimal((sign, tuple(map(int, str(units))), -decimals))


def _rounded_or_none(value: Fraction | None, decimals: int) -> Decimal | None:
    return None if value is None else rounded(value, decimals)
