"""Which goals have just been achieved, and which have just come to the end of their period."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from goals.goal import Goal
from goals.progress import GoalProgress


@dataclass(frozen=True)
class Achievements:
    """Goals as they are to be kept from now on; one that ends by being achieved is in both."""

    achieved: tuple[Goal, ...]
    closed: tuple[Goal, ...]


def check_goal_achievements(progress: Iterable[GoalProgress], now: datetime) -> Achievements:
    """Sets `achieved_at` and `closed_at` to `now`, each once, and never on a closed goal."""
    achieved, closed = [], []
    for one in progress:
        if one.goal.closed_at is not None:
            continue
        is_newly_achieved = one.status == "achieved" and one.goal.achieved_at is None
        is_over = one.goal.is_over(one.as_of)
        kept = replace(
            one.goal,
            achieved_at=now if is_newly_achieved else one.goal.achieved_at,
            closed_at=now if is_over else None,
        )
        if is_newly_achieved:
            achieved.append(kept)
        if is_over:
            closed.append(kept)
    return Achievements(tuple(achieved), tuple(closed))
