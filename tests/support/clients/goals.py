"""Goals as their agents set and see them, over the rows of one served build."""

from datetime import date
from typing import Any

import psycopg

from tests.support.servers.api_server import Api

PATH = "/agent/goals"
DAY = """insert into serving.agent_performance_metrics (
    agent_id, date, leads_assigned, leads_contacted, leads_interested, leads_converted,
    revenue_generated, conversions_booked, response_hours_total, response_count,
    unresponded_count, satisfaction_total, satisfaction_count
) values (%s, %s, 0, 0, 0, 0, %s, %s, %s, %s, 0, 0, 0)"""
CONVERSIONS = """insert into serving.agent_conversions
    (agent_id, activity_id, date, source, revenue, is_refund, occurred_at)
select %(agent)s, %(first)s + number, %(day)s::date, 'Web',
    %(revenue)s::numeric / nullif(%(booked)s, 0),
    false, %(day)s::date + time '09:00' + make_interval(hours => number)
from generate_series(1, %(booked)s) as number"""


def add_day(
    warehouse: str, agent: str, day: str, revenue: str, booked: int, hours: str, answered: int
) -> None:
    """A day's sums, and its conversions at 10:00, 11:00 and so on in the session's time zone."""
    with psycopg.connect(warehouse) as connection:
        connection.execute(DAY, [agent, day, revenue, booked, hours, answered])
        first = 1000 * date.fromisoformat(day).toordinal()
        connection.execute(
            CONVERSIONS,
            {"agent": agent, "first": first, "day": day, "revenue": revenue, "booked": booked},
        )


def monthly(**goals: float) -> dict[str, Any]:
    return {"period": "monthly", "goals": goals}


def seen(api: Api, agent: str) -> list[dict[str, Any]]:
    """The goals that the agent is answered."""
    answer = api.get(PATH, agent=agent)
    assert answer.status_code == 200, answer.text
    goals: list[dict[str, Any]] = answer.json()["goals"]
    return goals


def of_each(goals: list[dict[str, Any]], field: str) -> dict[str, Any]:
    return {goal["goalType"]: goal[field] for goal in goals}
