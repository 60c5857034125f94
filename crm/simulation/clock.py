"""Conversion between instants and wall-clock times, as polars expressions."""

from datetime import timedelta

import polars as pl

INSTANT = pl.Datetime("ms", "UTC")


def instant(local: pl.Expr, time_zone: str) -> pl.Expr:
    """The instant of a wall-clock time; a time that a clock change skips is moved past the gap."""

    def to_instant(moved: pl.Expr) -> pl.Expr:
        return moved.dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null")

    # An hour for daylight saving time, a day for islands that crossed the date line.
    candidates = [to_instant(local + timedelta(hours=hours)) for hours in (0, 1, 24)]
    return pl.coalesce(candidates).dt.convert_time_zone("UTC").cast(INSTANT)


def wall_clock(at: pl.Expr, time_zone: str) -> pl.Expr:
    return at.dt.convert_time_zone(time_zone).dt.replace_time_zone(None)


def after(at: pl.Expr, hours: pl.Expr) -> pl.Expr:
    return at + (hours * 3_600_000).cast(pl.Int64).cast(pl.Duration("ms"))


def in_shift(at: pl.Expr, opens_hour: pl.Expr, wait: pl.Expr, time_zone: str) -> pl.Expr:
    """Return `at` if it is in a nine-hour shift, else `wait` hours into the next shift.

    There are no shifts on Saturday and Sunday.
    """
    local = wall_clock(at, time_zone)
    opens = after(local.dt.truncate("1d"), opens_hour)
    is_late = local >= after(opens, pl.lit(9.0))
    weekday = local.dt.weekday()
    is_weekend = (weekday >= 6) | ((weekday == 5) & is_late)
    days = pl.when(is_weekend).then(8 - weekday.cast(pl.Int64)).when(is_late).then(1).otherwise(0)
    is_inside = (local >= opens) & ~is_late & ~is_weekend
    moved = instant(after(opens, days * 24 + wait), time_zone)
    return pl.when(is_inside).then(at).otherwise(pl.max_horizontal(at, moved))
