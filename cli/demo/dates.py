"""Dates of the demo: its as-of date if the data are old, and its first daily partition."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cli.console import Terminal
from config.settings import Settings
from pipelines.transformation.build_plan import as_of_date

OLD = timedelta(days=7)
# Days of partitions. Each start refreshes all of them, which writes an event per asset and day.
PARTITIONED = timedelta(days=30)
AS_OF, START = "ANALYTICS_AS_OF", "ANALYTICS_START_DATE"


def choose_dates(
    settings: Settings, newest_lead_at: datetime | None, terminal: Terminal
) -> date | None:
    """Writes `demo.env`; a date that is configured elsewhere takes precedence.

    The as-of date is the day of the newest lead if that is older than a week. Returns the first
    partition, or None if it is configured.
    """
    file = settings.home / "demo.env"
    file.unlink(missing_ok=True)
    configured = Settings()
    time_zone = settings.analytics_timezone
    today = as_of_date(None, time_zone)
    chosen: dict[str, date] = {}
    if configured.analytics_start_date == Settings.model_fields["analytics_start_date"].default:
        chosen[START] = today - PARTITIONED
    if configured.analytics_as_of:
        terminal.say(f"as-of date: {configured.analytics_as_of}, as {AS_OF} says")
    elif newest_lead_at is not None:
        newest = newest_lead_at.astimezone(ZoneInfo(time_zone)).date()
        if newest < today - OLD:
            chosen[AS_OF] = newest
            terminal.say(
                f"as-of date: {newest}, the day of the newest lead, which is older than a week"
                f" (set {AS_OF} for another)"
            )
    unfinished = file.with_suffix(".new")
    unfinished.write_text("".join(f"{name}={day}\n" for name, day in chosen.items()))
    unfinished.replace(file)
    return chosen.get(START)
