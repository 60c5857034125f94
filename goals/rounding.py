"""Progress as it is served: rounding, half away from zero, is its last step."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from goals.goal import GoalType
from goals.progress import GoalProgress
from goals.status import Status

DECIMALS: dict[GoalType, int] = {"conversions": 1, "revenue": 2, "response_time": 1}


@dataclass(frozen=True)
class ServedProgress:
    """Money with 2 decimals, all else with 1; conversions booked are whole."""

    current: Decimal | None
    completion_percentage: Decimal | None
    expected_to_date: Decimal
    projected: Decimal | None
    needed_per_day: Decimal | None
    status: Status


def served(progress: GoalProgress) -> ServedProgress:
    decimals = DECIMALS[progress.goal.goal_type]
    current_decimals = 0 if progress.goal.goal_type == "conversions" else decimals
    return ServedProgress(
        current=_rounded_or_none(progress.current, current_decimals),
        completion_percentage=_rounded_or_none(progress.completion_percentage, 1),
        expected_to_date=rounded(progress.expected_to_date, decimals),
        projected=_rounded_or_none(progress.projected, decimals),
        needed_per_day=_rounded_or_none(progress.needed_per_day, decimals),
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
