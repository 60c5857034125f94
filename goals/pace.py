"""Days of a goal's period: all, the complete ones, and those that are left."""

from dataclasses import dataclass
from datetime import date

from goals.goal import Goal


@dataclass(frozen=True)
class PaceDays:
    """`complete` up to the last complete day; `left` from the as-of date on, which is included."""

    total: int
    complete: int
    left: int


def calendar_days(goal: Goal, as_of: date, through: date) -> PaceDays:
    """Every date of the period counts; `through` is the last complete day."""
    return PaceDays(
        total=_days(goal.period_start, goal.period_end),
        complete=_days(goal.period_start, min(through, goal.period_end)),
        left=_days(max(as_of, goal.period_start), goal.period_end),
    )


def _days(first: date, last: date) -> int:
    return max((last - first).days + 1, 0)
