"""Store of the last goal measurement: its rows, the marts that it is of, the error if it failed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import polars as pl
import psycopg
from psycopg import sql
from psycopg.rows import class_row

from pipelines.goal_tracking.measurement import CURRENT_VALUE_DECIMALS, MeasuredGoal
from pipelines.postgres.table_sync import SyncResult, sync_from_frame
from warehouse.statements import statement

TABLE = sql.Identifier("insights", "goal_progress")
KEY = ["agent_id", "goal_id"]
MONEY = pl.Decimal(38, 2)
DECIMALS = {
    "target": MONEY,
    "current": MONEY,
    "needed_per_day": MONEY,
    "current_value": pl.Decimal(38, CURRENT_VALUE_DECIMALS),
}


class NotMeasuredError(RuntimeError):
    """The served build has no measurement; the message is one line."""


def store_measurement(
    warehouse: psycopg.Connection[Any], measured: Sequence[MeasuredGoal], marts_built_at: datetime
) -> SyncResult:
    """Makes insights.goal_progress equal to the measurement of the marts built at that instant."""
    frame = pl.DataFrame(
        measured,
        list(MeasuredGoal._fields),
        orient="row",
        schema_overrides=DECIMALS,
        infer_schema_length=None,
    )
    with warehouse.transaction():
        warehouse.execute(
            statement("pipelines/goal_tracking/sql/store_measurement.sql"),
            {"marts_built_at": marts_built_at},
        )
        return sync_from_frame(warehouse, frame, TABLE, KEY, sql.SQL("true"))


def store_failure(warehouse: psycopg.Connection[Any], failure: str) -> None:
    """Stores why the goals could not be read; keeps the rows of the last measurement."""
    warehouse.execute(
        statement("pipelines/goal_tracking/sql/store_failure.sql"), {"failure": failure}
    )


def outdated_goals(warehouse: psycopg.Connection[Any]) -> tuple[int, list[MeasuredGoal]]:
    """Returns the number of goals measured, and those that differ from their row in the CRM.

    Raises NotMeasuredError, also if the measurement is not of the served build's marts.
    """
    measurement = warehouse.execute(
        statement("pipelines/goal_tracking/sql/last_measurement.sql")
    ).fetchone()
    if measurement is None:
        raise NotMeasuredError("no refresh has measured them yet")
    failure, is_served, goals = measurement
    if failure is not None:
        raise NotMeasuredError(failure)
    if not is_served:
        raise NotMeasuredError("the last measurement is not of the served build: run a refresh")
    rows = warehouse.cursor(row_factory=class_row(MeasuredGoal)).execute(
        statement("pipelines/goal_tracking/sql/outdated_goals.sql")
    )
    return goals, rows.fetchall()
