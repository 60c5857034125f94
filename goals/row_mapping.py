"""Mapping of rows of agent_goals to goals, and the columns that such a row has."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from goals.goal import Goal, Period
from goals.target import TARGET_LIMIT
from goals.types import GOAL_TYPES

GOAL_COLUMNS = """id,
    agent_id,
    goal_type,
    period,
    target_value::numeric as target_value,
    to_char(period_start, 'YYYY-MM-DD') as period_start,
    to_char(period_end, 'YYYY-MM-DD') as period_end,
    achieved_at,
    closed_at,
    repeats"""
"""Select list of every query whose rows `stored_goal` reads.

Dates are text, since Postgres has dates that Python has not.
"""


def stored_goal(row: Mapping[str, Any]) -> Goal | None:
    """The goal of a row; None for a row that is not valid, as a table of the CRM's own may hold."""
    target, start, end = row["target_value"], _date(row["period_start"]), _date(row["period_end"])
    if (
        not row["agent_id"]
        or row["goal_type"] not in GOAL_TYPES
        or row["period"] not in get_args(Period)
        or target is None
        or not Decimal.is_finite(target)
        or not 0 < target < TARGET_LIMIT
        or start is None
        or end is None
        or start > end
    ):
        return None
    return Goal(
        goal_id=row["id"],
        agent_id=row["agent_id"],
        goal_type=row["goal_type"],
        period=row["period"],
        target=target,
        period_start=start,
        period_end=end,
        achieved_at=row["achieved_at"],
        closed_at=row["closed_at"],
        repeats=row["repeats"] is True,
    )


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
