"""Goals: the one step that writes to the CRM, after publish, so that it never holds that up."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg
import psycopg

from pipelines.dagster_support.retries import retry_on_error
from pipelines.goal_tracking.measurement import CONNECT_SECONDS, goal_progress
from pipelines.goal_tracking.write_back import WriteBackResult, noticed_at, write_back
from pipelines.resources import Stations

SERVED = "select as_of, time_zone from serving.builds order by build_id desc limit 1"
SNAPSHOT = "set transaction isolation level repeatable read read only"


class NothingServedError(RuntimeError):
    """No build has been published that goals could be measured by."""


def goal_assets(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Progress of the goals, as of the served build."""

    @dg.multi_asset(
        name="update_goals",
        specs=[
            dg.AssetSpec(
                ["operational", "agent_goals"],
                deps=[
                    dg.AssetKey(["serving", table])
                    for table in ("agent_performance_metrics", "builds")
                ],
                group_name="crm_goals",
                kinds={"postgres"},
                description=(
                    "One row per agent, period and kind of goal: the pipeline writes how far it"
                    " has come, when it was achieved and when its period was over."
                ),
            )
        ],
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    @retry_on_error
    def update_goals(
        context: dg.AssetExecutionContext,  # noqa: ARG001 - the decorator's
        stations: Stations,
    ) -> Iterator[dg.MaterializeResult[Any]]:
        try:
            read, as_of, kept = _update(stations)
        except NothingServedError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        except psycopg.Error as error:
            raise dg.Failure(
                f"the goals were not brought up to date: {_reason(error)}",
                allow_retries=isinstance(error, psycopg.OperationalError),
            ) from error
        yield dg.MaterializeResult(
            metadata={
                "rows_read": read,
                "rows_changed": kept.changed,
                "rows_achieved": kept.achieved,
                "rows_closed": kept.closed,
                "rows_left_to_the_next_run": kept.left,
                "as_of": as_of.isoformat(),
            }
        )

    return update_goals


def _update(stations: Stations) -> tuple[int, date, WriteBackResult]:
    """How many goals were read, as of which date they were measured, and what was written."""
    with (
        stations.warehouse() as warehouse,
        psycopg.connect(
            stations.databases.operational, autocommit=True, connect_timeout=CONNECT_SECONDS
        ) as operational,
    ):
        with warehouse.transaction():
            warehouse.execute(SNAPSHOT)
            served = warehouse.execute(SERVED).fetchone()
            if served is None:
                raise NothingServedError("there are no numbers to measure goals by: publish first")
            as_of, time_zone = served
            measured = goal_progress(operational, warehouse, "serving", as_of)
        kept = write_back(operational, measured, noticed_at(as_of, time_zone))
        return len(measured), as_of, kept


def _reason(error: psycopg.Error) -> str:
    """One line, without the statement."""
    return error.diag.message_primary or " ".join(str(error).split())
