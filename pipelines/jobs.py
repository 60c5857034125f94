"""Dagster jobs: the refresh, one run for any range of days, and the backfill, a run per day."""

from datetime import date
from uuid import uuid4

import dagster as dg

from config.settings import Settings
from pipelines.dagster_support.run_lock import run_lock
from pipelines.run_options import QUIET

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"
BACKFILL_RUN = "agent-analytics/backfill_run"
REFRESH_JOB = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Refreshes all data, from the CRM to the served numbers, for the partition's days.",
)


def range_tags(first: date, last: date) -> dict[str, str]:
    """Tags that make one run of the job cover the days `first` to `last`."""
    return {RANGE_START: first.isoformat(), RANGE_END: last.isoformat()}


@dg.op(description="Runs the refresh job for the partition's day, as a separate run.")
def refresh_the_day(context: dg.OpExecutionContext) -> None:
    job = context.repository_def.get_job(REFRESH_JOB.name)
    run_id = str(uuid4())
    with run_lock(Settings().home, run_id):
        refreshed = job.execute_in_process(
            instance=context.instance,
            run_id=run_id,
            run_config=QUIET,
            partition_key=context.partition_key,
            tags={BACKFILL_RUN: context.run_id},
            raise_on_error=False,
        )
    if not refreshed.success:
        raise dg.Failure(
            f"the refresh of {context.partition_key} failed: see run {refreshed.run_id}",
            metadata={"run": dg.MetadataValue.dagster_run(refreshed.run_id)},
        )


def backfill_job(partitions: dg.PartitionsDefinition) -> dg.JobDefinition:
    """Returns the job for a long range: one that stops half-way keeps the days it has finished."""

    @dg.job(
        partitions_def=partitions,
        executor_def=dg.in_process_executor,
        description="Backfills a range of days with one run per day, four at a time. Can be"
        " stopped and resumed.",
    )
    def refresh_day_by_day() -> None:
        refresh_the_day()

    return refresh_day_by_day
