"""Alert sensors: post failed runs, and data that become stale or fresh again, to the webhook."""

from datetime import UTC, datetime

import dagster as dg

from config.settings import Settings
from pipelines.dagster_support.error_chain import root_cause
from pipelines.jobs import RANGE_END, RANGE_START
from pipelines.webhook import Alert, send
from warehouse.connect import connect_or_fail
from warehouse.databases import open_databases
from warehouse.served_build import served_build

PARTITION = "dagster/partition"
SCHEDULE = "dagster/schedule_name"
STALE = "stale"
INTERVAL_SECONDS = 60
WITHOUT_WEBHOOK = dg.SkipReason("ALERT_WEBHOOK_URL is not set")


def alert_sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """Returns both sensors; they start switched on if a webhook is set."""
    url = settings.alert_webhook_url
    status = dg.DefaultSensorStatus.RUNNING if url else dg.DefaultSensorStatus.STOPPED

    @dg.run_failure_sensor(
        name="failed_run_alert",
        minimum_interval_seconds=30,
        default_status=status,
        description="Posts each failed run to the webhook, with its failed steps and errors.",
    )
    def failed_run_alert(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        if not url:
            return WITHOUT_WEBHOOK
        send(url, failed_run(context))
        return None

    @dg.sensor(
        name="stale_data_alert",
        minimum_interval_seconds=INTERVAL_SECONDS,
        default_status=status,
        description="Posts to the webhook when served data become stale, and when fresh again.",
    )
    def stale_data_alert(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        return alert_on_staleness(context, settings) if url else WITHOUT_WEBHOOK

    return [failed_run_alert, stale_data_alert]


def failed_run(context: dg.RunFailureSensorContext) -> Alert:
    """Returns the alert: steps and error classes, no messages, which may quote rows."""
    run = context.dagster_run
    errors = {
        str(event.step_key): root_cause(error).cls_name
        for event in context.get_step_failure_events()
        if (error := event.step_failure_data.error) is not None
    }
    days = {
        "first": run.tags.get(RANGE_START) or run.tags.get(PARTITION),
        "last": run.tags.get(RANGE_END) or run.tags.get(PARTITION),
    }
    failed = ", ".join(f"{step} ({kind})" for step, kind in errors.items()) or "no step started"
    return Alert(
        "run_failed",
        "error",
        f"Run {run.run_id[:8]} of {run.job_name} failed: {failed}."
        " The previous build stays served.",
        {
            "runId": run.run_id,
            "job": run.job_name,
            "schedule": run.tags.get(SCHEDULE),
            "days": days,
            "failedSteps": errors,
        },
    )


def alert_on_staleness(context: dg.SensorEvaluationContext, settings: Settings) -> dg.SkipReason:
    """Posts an alert if data became stale or fresh since the last tick, which the cursor records.

    A failed post leaves the cursor unchanged, so that the next tick posts it again.
    """
    assert settings.alert_webhook_url is not None
    with (
        open_databases(settings) as databases,
        connect_or_fail(databases.warehouse, "warehouse") as warehouse,
    ):
        build = served_build(warehouse)
    if build is None:
        return dg.SkipReason("nothing has been published yet")
    was_stale, is_stale = (
        context.cursor == STALE,
        build.is_stale(settings.analytics_stale_after),
    )
    age = datetime.now(UTC) - build.refreshed_at
    age_text = f"the last refresh was {round(age.total_seconds() / 60)} minutes ago"
    if was_stale != is_stale:
        facts = {
            "buildId": build.build_id,
            "refreshedAt": build.refreshed_at.isoformat(),
            "dataThrough": build.data_through and build.data_through.isoformat(),
            "refreshAgeSeconds": round(age.total_seconds()),
            "staleAfterSeconds": round(settings.analytics_stale_after.total_seconds()),
        }
        if is_stale:
            alert = Alert("data_stale", "warning", f"Agents see stale data: {age_text}.", facts)
        else:
            alert = Alert("data_fresh", "info", f"Agents see fresh data again: {age_text}.", facts)
        send(settings.alert_webhook_url, alert)
        context.update_cursor(STALE if is_stale else "")
    return dg.SkipReason(f"{'stale' if is_stale else 'fresh'}: {age_text}")
