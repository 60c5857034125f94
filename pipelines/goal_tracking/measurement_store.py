"""Store of the last goal measurement: insights.goal_progress, and the error if it failed."""

from collections.abc import Sequence
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
    """The last measurement failed; the message is its error."""


def store_measurement(
    warehouse: psycopg.Connection[Any], measured: Sequence[MeasuredGoal]
) -> SyncResult:
    """Makes insights.goal_progress equal to the measurement."""
    frame = pl.DataFrame(
        measured,
        list(MeasuredGoal._fields),
        orient="row",
        schema_overrides=DECIMALS,
        infer_schema_length=None,
    )
    with warehouse.transaction():
        store_failure(warehouse, None)
        return sync_from_frame(warehouse, frame, TABLE, KEY, sql.SQL("true"))


def store_failure(warehouse: psycopg.Connection[Any], failure: str | None) -> None:
    """Stores why the goals could not be read; keeps the rows of the last measurement."""
    warehouse.execute(
        "insert into insights.goal_measurement (failure) values (%s)"
        " on conflict (singleton) do update set failure = excluded.failure"
        " where goal_measurement.failure is distinct from excluded.failure",
        [failure],
    )


def outdated_goals(warehouse: psycopg.Connection[Any]) -> tuple[int, list[MeasuredGoal]]:
    """Returns the number of goals measured, and those that differ from their row in the CRM.

    Raises NotMeasuredError.
    """
    state = warehouse.execute(
        "select failure, (select count(*) from insights.goal_progress) from"
        " insights.goal_measurement"
    ).fetchone()
    if state is None or state[0] is not None:
        raise NotMeasuredError(state[0] if state else "no refresh has measured them yet")
    rows = warehouse.cursor(row_factory=class_row(MeasuredGoal)).execute(
        statement("pipelines/goal_tracking/sql/outdated_goals.sql")
    )
    return state[1], rows.fetchall()
