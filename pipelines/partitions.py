"""Daily partitions in the business time zone, and the range of changes that a run reads."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from config.settings import Settings
from crm.sources.change_queries import ChangeWindow

CLOCK_SKEW = timedelta(minutes=10)


def daily_partitions(settings: Settings) -> dg.DailyPartitionsDefinition:
    """Partitions from ANALYTICS_START_DATE to today, today included."""
    return dg.DailyPartitionsDefinition(
        start_date=settings.analytics_start_date.isoformat(),
        timezone=settings.analytics_timezone,
        end_offset=1,
    )


def day_starts_at(day: date, time_zone: str) -> datetime:
    """Returns the first instant of a day, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def today(time_zone: str) -> date:
    """Returns the current date in the business time zone."""
    return datetime.now(ZoneInfo(time_zone)).date()


def changes_to_read(
    first: date, last: date, watermark: datetime | None, time_zone: str, *, is_whole: bool
) -> ChangeWindow:
    """Returns the changes of a source table to read for the days `first` to `last`.

    A range that contains today starts at the watermark less the clock skew, so that a row committed
    late with an older `updated_at` is not missed; a table never read before is read whole.
    """
    if is_whole or watermark is None:
        return ChangeWindow(None, None)
    if last < today(time_zone):
        return ChangeWindow(
            day_starts_at(first, time_zone), day_starts_at(last + timedelta(days=1), time_zone)
        )
    since = watermark - CLOCK_SKEW
    if first < today(time_zone):
        since = min(since, day_starts_at(first, time_zone))
    return ChangeWindow(since, None)


def days_to_recompute(first: date, last: date, time_zone: str) -> tuple[datetime, datetime] | None:
    """Instants between which every agent-day is recomputed; None if the range is today alone."""
    if first == last == today(time_zone):
        return None
    return day_starts_at(first, time_zone), day_starts_at(last + timedelta(days=1), time_zone)
