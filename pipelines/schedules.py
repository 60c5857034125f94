"""Schedules of the refresh job: every five minutes, and every night."""

from datetime import timedelta

import dagster as dg

from config.settings import Settings
from pipelines.jobs import REFRESH_JOB, range_tags
from pipelines.partitions import today
from pipelines.run_options import RefreshOptions

NIGHTLY_DAYS = 3
RECONCILE = {"ops": RefreshOptions(reconciles=True).ops}


def schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """Returns the frequent refresh of today, and the nightly one, which reads the last days again
    and reconciles."""
    time_zone = settings.analytics_timezone

    @dg.schedule(
        name="frequent_refresh",
        job=REFRESH_JOB,
        cron_schedule="*/5 * * * *",
        execution_timezone=time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every 5 minutes: reads what changed in the CRM since the last refresh, and"
        " publishes it.",
    )
    def frequent_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        unfinished = context.instance.get_run_records(
            dg.RunsFilter(
                tags={"dagster/schedule_name": "frequent_refresh"},
                statuses=[
                    dg.DagsterRunStatus.QUEUED,
                    dg.DagsterRunStatus.STARTING,
                    dg.DagsterRunStatus.STARTED,
                ],
            ),
            limit=1,
        )
        if unfinished:
            return dg.SkipReason("previous refresh is still running")
        return dg.RunRequest(partition_key=today(time_zone).isoformat())

    @dg.schedule(
        name="nightly_refresh",
        job=REFRESH_JOB,
        cron_schedule="15 2 * * *",
        execution_timezone=time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every night: reads the last days again, compares raw with the CRM, and reads"
        " again the days that differ.",
    )
    def nightly_refresh() -> dg.RunRequest:
        last = today(time_zone)
        return dg.RunRequest(
            tags=range_tags(last - timedelta(days=NIGHTLY_DAYS), last), run_config=RECONCILE
        )

    return [frequent_refresh, nightly_refresh]
