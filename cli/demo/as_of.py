"""As-of date of the demo: the day of the newest lead, if the data are old."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cli.console import Terminal
from config.settings import Settings
from pipelines.transformation.build_plan import as_of_date

OLD = timedelta(days=7)
VARIABLE = "ANALYTICS_AS_OF"


def choose_as_of(settings: Settings, newest_lead_at: datetime | None, terminal: Terminal) -> None:
    """Writes `demo.env` if the newest lead is older than a week and the date is not configured."""
    file = settings.home / "demo.env"
    file.unlink(missing_ok=True)
    time_zone = settings.analytics_timezone
    if own := Settings().analytics_as_of:
        terminal.say(f"as-of date: {own}, as {VARIABLE} says")
        return
    if newest_lead_at is None:
        return
    newest = newest_lead_at.astimezone(ZoneInfo(time_zone)).date()
    today = as_of_date(None, time_zone)
    if newest < today - OLD:
        unfinished = file.with_suffix(".new")
        unfinished.write_text(f"{VARIABLE}={newest}\n")
        unfinished.replace(file)
        terminal.say(
            f"as-of date: {newest}, the day of the newest lead, which is older than a week"
            f" (set {VARIABLE} for another)"
        )
