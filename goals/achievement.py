"""Achievements and ends of periods: the goals that reach either, or lose an achievement."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from goals.goal import Goal
from goals.progress import GoalProgress


@dataclass(frozen=True)
class Achievements:
    """`updated` is every goal as it is to be stored; the others are those where that is news."""

    updated: tuple[Goal, ...]
    achieved: tuple[Goal, ...]
    taken_back: tuple[Goal, ...]
    closed: tuple[Goal, ...]


def with_achievement(goal: Goal, reached_at: datetime | None) -> Goal:
    """An open goal with the instant at which its running sum reached the target.

    The sum leaves refunds out; it falls below the target again where a conversion is taken back.
    Closed goals, and goals of a mean, stay as they are.
    """
    if goal.closed_at is not None or goal.definition.is_lower_better:
        return goal
    return replace(goal, achieved_at=reached_at)


def check_goal_achievements(
    progress: Iterable[GoalProgress], stored: Iterable[Goal], now: datetime
) -> Achievements:
    """Compares each progress with its goal as stored; never changes a closed goal.

    Sets `closed_at` to `now` when the period is over. A mean that is met is achieved then.
    """
    pairs = [
        (before, _updated(measured, before, now))
        for measured, before in zip(progress, stored, strict=True)
    ]
    is_open = [(before, after) for before, after in pairs if before.closed_at is None]
    return Achievements(
        updated=tuple(after for _, after in pairs),
        achieved=tuple(
            after for before, after in is_open if after.achieved_at and not before.achieved_at
        ),
        taken_back=tuple(
            after for before, after in is_open if before.achieved_at and not after.achieved_at
        ),
        closed=tuple(after for _, after in is_open if after.closed_at),
    )


def _updated(measured: GoalProgress, before: Goal, now: datetime) -> Goal:
    if before.closed_at is not None:
        return before
    achieved_at = measured.goal.achieved_at or before.achieved_at or now
    return replace(
        before,
        achieved_at=achieved_at if measured.status == "achieved" else None,
        closed_at=now if before.is_over(measured.as_of) else None,
    )
