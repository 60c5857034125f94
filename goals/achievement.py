"""Achievements and ends of periods: the goals that reach either with their new progress."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from goals.goal import Goal
from goals.progress import GoalProgress


@dataclass(frozen=True)
class Achievements:
    """Goals with the instants to store; one that is achieved as its period ends is in both."""

    achieved: tuple[Goal, ...]
    closed: tuple[Goal, ...]


def check_goal_achievements(progress: Iterable[GoalProgress], now: datetime) -> Achievements:
    """Sets `achieved_at` and `closed_at` to `now`, each once, and never on a closed goal."""
    achieved, closed = [], []
    for measured in progress:
        goal = measured.goal
        if goal.closed_at is not None:
            continue
        is_newly_achieved = measured.status == "achieved" and goal.achieved_at is None
        is_over = goal.is_over(measured.as_of)
        updated = replace(
            goal,
            achieved_at=now if is_newly_achieved else goal.achieved_at,
            closed_at=now if is_over else None,
        )
        if is_newly_achieved:
            achieved.append(updated)
        if is_over:
            closed.append(updated)
    return Achievements(tuple(achieved), tuple(closed))
