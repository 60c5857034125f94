"""Goal types: what each one counts, in which columns, with which names and decimals.

A new type is a name in GoalType and a row of GOAL_TYPES; if it counts a column that no other type
does, a field of GoalFacts as well. CONTRIBUTING.md lists the files outside this folder.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Literal

GoalType = Literal["conversions", "revenue", "response_time"]


@dataclass(frozen=True)
class GoalFacts:
    """Sums of agent_performance_metrics over dates of a goal's period."""

    conversions_booked: int = 0
    revenue_generated: Decimal = Decimal(0)
    response_hours_total: Decimal = Decimal(0)
    response_count: int = 0


@dataclass(frozen=True)
class PeriodFacts:
    """Sums up to the as-of date, and up to the last complete day, of a goal's period."""

    to_date: GoalFacts = GoalFacts()
    complete: GoalFacts = GoalFacts()


FACT_TYPES = {field.name: field.type for field in fields(GoalFacts)}
"""Names of the facts, which are columns of agent_performance_metrics, with their Python types."""


@dataclass(frozen=True)
class GoalTypeDefinition:
    """`total` and `count` name fields of GoalFacts: the value is total / count, or the total."""

    name: GoalType
    field: str
    """Its target in a request body."""
    label: str
    """In sentences, after `monthly`."""
    total: str
    count: str | None = None
    is_lower_better: bool = False
    decimals: int = 1
    """Of numbers derived from the value; `value_decimals` of the value itself."""
    value_decimals: int = 1

    def value(self, facts: GoalFacts) -> Fraction | None:
        """Exact; None for a ratio without a count."""
        total = Fraction(getattr(facts, self.total))
        if self.count is None:
            return total
        count = Fraction(getattr(facts, self.count))
        return total / count if count else None


GOAL_TYPES: dict[GoalType, GoalTypeDefinition] = {
    goal_type.name: goal_type
    for goal_type in (
        GoalTypeDefinition(
            name="conversions",
            field="conversions",
            label="conversions",
            total="conversions_booked",
            value_decimals=0,
        ),
        GoalTypeDefinition(
            name="revenue",
            field="revenue",
            label="revenue",
            total="revenue_generated",
            decimals=2,
            value_decimals=2,
        ),
        GoalTypeDefinition(
            name="response_time",
            field="responseTimeHours",
            label="hours to respond",
            total="response_hours_total",
            count="response_count",
            is_lower_better=True,
        ),
    )
}
