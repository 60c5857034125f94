"""A goal that an agent has set for a month, quarter or year."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from goals.types import GOAL_TYPES, GoalType, GoalTypeDefinition

Period = Literal["monthly", "quarterly", "yearly"]


@dataclass(frozen=True)
class Goal:
    """A row of agent_goals; `target` is a count, money or hours, after its `goal_type`."""

    goal_id: int
    agent_id: str
    goal_type: GoalType
    period: Period
    target: Decimal
    period_start: date
    period_end: date
    achieved_at: datetime | None = None
    closed_at: datetime | None = None
    repeats: bool = False
    """Set again for the next period once this one is closed."""

    @property
    def definition(self) -> GoalTypeDefinition:
        return GOAL_TYPES[self.goal_type]

    def is_upcoming(self, as_of: date) -> bool:
        return as_of < self.period_start

    def is_over(self, as_of: date) -> bool:
        return as_of > self.period_end
