"""Goals as rows of the CRM's database, for the tests that put them there and look at them again."""

from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

from goals.goal import Period
from goals.period import goal_period
from goals.types import GoalType

FEBRUARY = date(2024, 2, 1)
ACHIEVED = "select agent_id, description from agent_activity_log where activity_type = %s"


def add_goal(
    url: str,
    agent: str,
    goal_type: GoalType,
    target: str,
    period: Period = "monthly",
    day: date = FEBRUARY,
) -> int:
    """The id of a new goal of the period that contains the day."""
    bounds = goal_period(period, day)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "insert into agent_goals"
            " (agent_id, goal_type, target_value, period, period_start, period_end)"
            " values (%s, %s, %s, %s, %s, %s) returning id",
            [agent, goal_type, target, period, bounds.start, bounds.end],
        ).fetchone()
    assert row is not None
    return int(row[0])


def goal(url: str, goal_id: int) -> dict[str, Any]:
    """The row of a goal, with the transaction that wrote it last as `version`."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute("set timezone to 'UTC'")
        row = connection.execute(
            "select *, xmin::text as version from agent_goals where id = %s", [goal_id]
        ).fetchone()
    assert row is not None
    return row


def achievements(url: str) -> list[tuple[str, str]]:
    """Agent and description of every achievement in the activity log."""
    with psycopg.connect(url) as connection:
        return connection.execute(f"{ACHIEVED} order by id", ["goal_achieved"]).fetchall()
