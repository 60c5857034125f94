"""A backfill with a run for each day, where one of the refresh job is a single run for all."""

import dagster as dg

from pipelines.dagster_support.instance import PROCESS_TAG
from pipelines.dagster_support.process_identity import ProcessIdentity
from pipelines.run_options import QUIET
from pipelines.schedules import REFRESH_JOB

ASKED_BY = "agent-analytics/asked_by"


@dg.op(description="The refresh job for the partition's day, as a run of its own in this process.")
def refresh_the_day(context: dg.OpExecutionContext) -> None:
    job = context.repository_def.get_job(REFRESH_JOB.name)
    refreshed = job.execute_in_process(
        instance=context.instance,
        run_config=QUIET,
        partition_key=context.partition_key,
        tags={ASKED_BY: context.run_id, PROCESS_TAG: str(ProcessIdentity.of_this_process())},
        raise_on_error=False,
    )
    if not refreshed.success:
        raise dg.Failure(
            f"the refresh of {context.partition_key} failed: see run {refreshed.run_id}",
            metadata={"run": dg.MetadataValue.dagster_run(refreshed.run_id)},
        )


def day_by_day_job(partitions: dg.PartitionsDefinition) -> dg.JobDefinition:
    """For a long range that must not lose what is done when it is stopped half-way."""

    @dg.job(
        partitions_def=partitions,
        executor_def=dg.in_process_executor,
        description="A range as a run per day, four at once: any order, stopped and gone on with.",
    )
    def refresh_day_by_day() -> None:
        refresh_the_day()

    return refresh_day_by_day
