"""Mapping of rows of agent_goals, which may be the CRM's own table, to goals."""

from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from goals.goal import Goal
from goals.row_mapping import stored_goal
from pipelines.goal_tracking.measurement import OPEN_GOALS
from tests.support.crm.stored_goals import add_goal

ROW: dict[str, Any] = {
    "id": 7,
    "agent_id": "ann",
    "goal_type": "revenue",
    "period": "monthly",
    "target_value": Decimal("0.01"),
    "period_start": "2024-02-01",
    "period_end": "2024-02-29",
    "achieved_at": None,
    "closed_at": None,
    "repeats": False,
}


def test_a_valid_row_is_mapped() -> None:
    bounds = date(2024, 2, 1), date(2024, 2, 29)
    assert stored_goal(ROW) == Goal(7, "ann", "revenue", "monthly", Decimal("0.01"), *bounds)


@pytest.mark.parametrize(
    "damage",
    [
        {"agent_id": None},
        {"agent_id": ""},
        {"goal_type": "calls"},
        {"goal_type": None},
        {"period": "weekly"},
        {"target_value": None},
        {"target_value": Decimal(0)},
        {"target_value": Decimal(-1)},
        {"target_value": Decimal("1e12")},
        {"target_value": Decimal("NaN")},
        {"target_value": Decimal("Infinity")},
        {"period_start": None},
        {"period_start": "2024-03-01"},
        {"period_end": "12000-01-01"},
        {"period_end": ""},
    ],
)
def test_an_invalid_row_is_ignored(damage: dict[str, Any]) -> None:
    assert stored_goal({**ROW, **damage}) is None


@pytest.mark.parametrize("day", ["infinity", "12000-01-01"])
def test_a_date_beyond_pythons_range_is_ignored(operational_database: str, day: str) -> None:
    add_goal(operational_database, "ann", "revenue", "1")
    with psycopg.connect(operational_database) as connection:
        connection.execute("update agent_goals set period_end = %s::date", [day])
        rows = connection.cursor(row_factory=psycopg.rows.dict_row).execute(OPEN_GOALS)
        assert [stored_goal(row) for row in rows] == [None]
