"""Progress of a goal by calendar days, as the marts and the API compute it."""

from datetime import date, datetime

from goals.achievement import with_achievement
from goals.goal import Goal
from goals.pace import calendar_days
from goals.progress import GoalProgress, update_goal_progress
from goals.types import GoalFacts, PeriodFacts


def progress_of(
    goal: Goal,
    facts: GoalFacts,
    as_of: date,
    through: date | None = None,
    *,
    complete: GoalFacts | None = None,
    reached_at: datetime | None = None,
) -> GoalProgress:
    """The as-of date is over where `through` is left out; then all facts are complete."""
    return update_goal_progress(
        with_achievement(goal, reached_at) if reached_at else goal,
        PeriodFacts(facts, facts if complete is None else complete),
        as_of,
        calendar_days(goal, as_of, through or as_of),
    )
