"""Instants and the wall clock of the business time zone, as polars expressions."""

from datetime import timedelta

import polars as pl

INSTANT = pl.Datetime("ms", "UTC")


def instant(local: pl.Expr, time_zone: str) -> pl.Expr:
    """The instant of a wall-clock time; one that a clock change skips is moved behind it."""

    def at(moved: pl.Expr) -> pl.Expr:
        return moved.dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null")

    # A hour for daylight saving, a day for islands that have crossed the date line.
    tries = [at(local + timedelta(hours=hours)) for hours in (0, 1, 24)]
    return pl.coalesce(tries).dt.convert_time_zone("UTC").cast(INSTANT)


def wall_clock(at: pl.Expr, time_zone: str) -> pl.Expr:
    return at.dt.convert_time_zone(time_zone).dt.replace_time_zone(None)


def after(at: pl.Expr, hours: pl.Expr) -> pl.Expr:
    return at + (hours * 3_600_000).cast(pl.Int64).cast(pl.Duration("ms"))


def in_shift(at: pl.Expr, opens_hour: pl.Expr, wait: pl.Expr, time_zone: str) -> pl.Expr:
    """The same instant, or where it is outside a nine-hour shift, `wait` hours into the next one.

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
