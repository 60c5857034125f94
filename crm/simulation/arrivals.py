"""Arrival times of simulated leads, by season, weekday and hour of the day."""

from datetime import date, timedelta
from math import tau

import polars as pl

from crm.simulation.clock import after, instant
from crm.simulation.draws import Draws

# Shares of a week and of a day in the business time zone, Monday and midnight first.
WEEKDAY_WEIGHTS = [1.15, 1.1, 1.05, 1.0, 0.9, 0.35, 0.25]
MORNING_WEIGHTS = [1, 1, 1, 1, 1, 2, 5, 12, 30, 50, 58, 55]
AFTERNOON_WEIGHTS = [42, 46, 52, 50, 44, 36, 28, 24, 20, 14, 8, 3]
YEARLY_GROWTH = 0.08
BUSIEST_DAY_OF_YEAR = 100
SEASONAL_SWING = 0.15


def lead_days(leads: int, days: int, until: date, seed: int) -> pl.DataFrame:
    """Return one row per date, oldest first: its leads have the numbers `first` to `end` - 1."""
    draws = Draws(seed, "epoch_day")
    day = pl.col("date").dt
    season = ((day.ordinal_day() - BUSIEST_DAY_OF_YEAR) * (tau / 365.25)).cos()
    weight = (
        pl.lit(pl.Series(WEEKDAY_WEIGHTS)).gather(day.weekday() - 1)
        * (season * SEASONAL_SWING + 1)
        * (pl.int_range(pl.len()) / 365.25 * YEARLY_GROWTH + 1)
        * draws.lognormal("day", 1.0, 0.12)
    )
    return (
        pl.select(date=pl.date_range(until - timedelta(days=days - 1), until))
        .with_columns(epoch_day=day.epoch("d").cast(pl.Int64) + 2**31)
        .with_columns(share=weight)
        .with_columns(share=pl.col("share").cum_sum() / pl.col("share").sum())
        .with_columns(end=(pl.col("share") * leads).round().cast(pl.Int64))
        .select("date", first=pl.col("end").shift(1, fill_value=0), end="end")
    )


def arrivals(first: int, end: int, days: pl.DataFrame, seed: int, time_zone: str) -> pl.DataFrame:
    """Return leads first..end-1: `number`, `elapsed` (part of the history, 0 to 1), `created_at`.

    Each lead has its own slice of its day, so that `created_at` increases with the number.
    """
    hours = pl.Series([*MORNING_WEIGHTS, *AFTERNOON_WEIGHTS]).cast(pl.Float64)
    ends = (hours.cum_sum() / hours.sum()).rename("ends")
    weights = hours / hours.sum()
    number = pl.col("number")
    part_of_day = (number - pl.col("first") + Draws(seed, "number").uniform("created")) / (
        pl.col("end") - pl.col("first")
    )
    hour = pl.lit(ends).search_sorted(pl.col("part_of_day"), side="right").clip(0, 23)
    hours_of_day = (
        hour
        + 1
        - (pl.lit(ends).gather(hour) - pl.col("part_of_day")) / pl.lit(weights).gather(hour)
    )
    return (
        pl.select(number=pl.int_range(first, end, dtype=pl.Int64))
        .with_columns(day=pl.lit(days["end"]).search_sorted(number, side="right"))
        .with_columns(
            elapsed=pl.col("day") / len(days),
            **{name: pl.lit(days[name]).gather(pl.col("day")) for name in days.columns},
        )
        .with_columns(part_of_day=part_of_day)
        .select(
            "number",
            "elapsed",
            created_at=instant(
                after(pl.col("date").cast(pl.Datetime("ms")), hours_of_day), time_zone
            ),
        )
    )
