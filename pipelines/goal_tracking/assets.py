"""Assets of goals: measured before the insights, written back to the CRM after the publish.

The write-back is the last step, so that the CRM never holds up what is published.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import psycopg

from pipelines.dagster_support.retries import POLICY
from pipelines.dagster_support.steps import refresh_step
from pipelines.goal_tracking.crm_session import crm_session, one_line
from pipelines.goal_tracking.measurement import measure_goals, noticed_now, open_goals
from pipelines.goal_tracking.measurement_store import (
    NotMeasuredError,
    outdated_goals,
    store_failure,
    store_measurement,
)
from pipelines.goal_tracking.write_back import write_back
from pipelines.resources import WarehouseResource

PROGRESS = dg.AssetKey(["insights", "goal_progress"])
SERVED = (
    "select as_of, coalesce(fiscal_year_starts_in, 1) from serving.builds"
    " order by build_id desc limit 1"
)


def goal_measurement(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Returns the asset of every open goal's progress, measured over the marts."""

    @refresh_step(
        "measure_goals",
        [
            dg.AssetSpec(
                PROGRESS,
                deps=[
                    dg.AssetKey(["marts", "agent_performance_metrics"]),
                    dg.AssetKey(["marts", "agent_conversions"]),
                ],
                group_name="insights",
                kinds={"python"},
                description=(
                    "One row per open goal: its progress by the marts, and the values that the"
                    " write-back stores in the CRM."
                ),
            )
        ],
        partitions,
    )
    def measure(
        context: dg.AssetExecutionContext, databases: WarehouseResource
    ) -> Iterator[dg.MaterializeResult[Any]]:
        warehouse, build = databases.build_session(), databases.checked_marts()
        try:
            with crm_session(databases.urls.operational) as crm:
                goals = open_goals(crm)
        except psycopg.Error as error:
            is_temporary = isinstance(error, psycopg.OperationalError)
            if is_temporary and context.op_execution_context.retry_number < POLICY.max_retries:
                raise
            # Continue the run: publish the numbers; the next run does insights and write-back.
            failure = f"the goals could not be read: {one_line(error)}"
            context.log.warning(failure)
            store_failure(warehouse, failure)
            yield dg.MaterializeResult(metadata={"failure": failure})
            return
        noticed_at = noticed_now(build.as_of, databases.settings.analytics_timezone)
        measured = measure_goals(warehouse, goals, build, noticed_at)
        stored = store_measurement(warehouse, measured, build.built_at)
        yield dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(goals),
                "rows_written": stored.written,
                "rows_deleted": stored.deleted,
                "as_of": build.as_of.isoformat(),
            }
        )

    return measure


def goal_write_back(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Returns the asset of the CRM's goals, with the progress of the published build."""

    @refresh_step(
        "update_goals",
        [
            dg.AssetSpec(
                ["operational", "agent_goals"],
                deps=[PROGRESS, dg.AssetKey(["serving", "builds"])],
                group_name="crm_goals",
                kinds={"postgres"},
                description=(
                    "One row per agent, period and goal type: the pipeline writes the current"
                    " value, when the goal was achieved and when its period ended, and sets a"
                    " repeating goal again."
                ),
            )
        ],
        partitions,
    )
    def update_goals(
        context: dg.AssetExecutionContext,  # noqa: ARG001 - the decorator's
        databases: WarehouseResource,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        with databases.warehouse() as warehouse:
            served = warehouse.execute(SERVED).fetchone()
            if served is None:
                raise dg.Failure("nothing is published yet: run a refresh", allow_retries=False)
            try:
                measured, outdated = outdated_goals(warehouse)
            except NotMeasuredError as error:
                raise dg.Failure(
                    f"goal progress was not written to the CRM: {error}", allow_retries=False
                ) from error
        try:
            with crm_session(databases.urls.operational) as crm:
                written = write_back(crm, outdated, *served)
        except psycopg.Error as error:
            raise dg.Failure(
                f"goal progress was not written to the CRM: {one_line(error)}",
                allow_retries=isinstance(error, psycopg.OperationalError),
            ) from error
        yield dg.MaterializeResult(
            metadata={
                "rows_read": measured,
                "rows_changed": written.changed,
                "rows_achieved": written.achieved,
                "rows_closed": written.closed,
                "rows_set_again": written.set_again,
                "rows_left_to_the_next_run": written.left,
                "as_of": served[0].isoformat(),
            }
        )

    return update_goals
