"""Queries for the facts of goals: sums of daily metrics, and instants of achievement.

The pipeline runs them over the marts for all open goals, the API over the served rows for one
agent.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from goals.goal import Goal
from goals.types import FACT_TYPES, GOAL_TYPES, GoalType

# Postgres sums bigint to numeric, which psycopg returns as Decimal.
SQL_TYPES: dict[object, str] = {int: "bigint", Decimal: "numeric"}
FACTS_FILE = Path(__file__).with_name("facts.sql")
ACHIEVED_FILE = Path(__file__).with_name("achieved.sql")
COMPLETE = "complete_"
"""Prefix of the columns that are sums up to the last complete day."""


class Target(NamedTuple):
    """What is to be reached by the running sum of a period."""

    agent_id: str
    period_start: date
    period_end: date
    goal_type: GoalType
    target: Decimal


def target_of(goal: Goal) -> Target:
    return Target(goal.agent_id, goal.period_start, goal.period_end, goal.goal_type, goal.target)


def facts_query(*, schema: str, agent: str, build: str) -> str:
    """The query of sums over `schema`.

    `agent` is SQL of the caller, such as a parameter; `build` a query with the columns as_of and
    through. Parameters: agent_ids, period_starts and period_ends, lists of equal length without
    repetitions. Columns: agent_id, period_start, period_end, then the fields of GoalFacts up to the
    as-of date, then the same up to the last complete day.
    """
    to_date = [f"{_sum(column, '')} as {column}" for column in FACT_TYPES]
    only_complete = " filter (where daily.date <= build.through)"
    complete = [f"{_sum(column, only_complete)} as {COMPLETE}{column}" for column in FACT_TYPES]
    return FACTS_FILE.read_text(encoding="utf-8").format(
        schema=schema, agent=agent, build=build, sums=",\n    ".join([*to_date, *complete])
    )


def achieved_query(*, schema: str, agent: str, build: str) -> str:
    """The query of instants over `schema`, with `agent` and `build` as in `facts_query`.

    Parameters: those of `achieved_parameters`. Columns: the fields of Target, achieved_at.
    """
    return ACHIEVED_FILE.read_text(encoding="utf-8").format(schema=schema, agent=agent, build=build)


def achieved_parameters(targets: Iterable[Target]) -> dict[str, list[Any]]:
    """Parameters of `achieved_query`; leaves out targets of means: no sum reaches them."""
    summed = [one for one in targets if not GOAL_TYPES[one.goal_type].is_lower_better]
    return {
        "target_agents": [one.agent_id for one in summed],
        "target_starts": [one.period_start for one in summed],
        "target_ends": [one.period_end for one in summed],
        "target_types": [one.goal_type for one in summed],
        "targets": [one.target for one in summed],
    }


def _sum(column: str, condition: str) -> str:
    return f"coalesce(sum(daily.{column}){condition}, 0)::{SQL_TYPES[FACT_TYPES[column]]}"
