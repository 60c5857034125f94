"""A goal that an agent has set, and the sums of its period that progress is computed from."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Period = Literal["monthly", "quarterly", "yearly"]
GoalType = Literal["conversions", "revenue", "response_time"]


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

    @property
    def period_days(self) -> int:
        return (self.period_end - self.period_start).days + 1

    @property
    def is_lower_better(self) -> bool:
        return self.goal_type == "response_time"

    def is_over(self, as_of: date) -> bool:
        return as_of > self.period_end

    def elapsed_days(self, as_of: date) -> int:
        """Days of the period up to the as-of date: 0 before it, all of them after it."""
        last = min(as_of, self.period_end)
        return max((last - self.period_start).days + 1, 0)


@dataclass(frozen=True)
class GoalFacts:
    """Sums of agent_performance_metrics over [period_start, min(as-of date, period_end)]."""

    conversions_booked: int = 0
    revenue_generated: Decimal = Decimal(0)
    response_hours_total: Decimal = Decimal(0)
    response_count: int = 0
