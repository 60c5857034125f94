"""Streaks and droughts: days in a row with a conversion, and days since the last one."""

from datetime import date

import polars as pl

from pipelines.insights.formulas.finding import findings

DAYS_BEFORE = 90
LONGEST = 90


def streaks(metrics: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One finding per agent: a streak (direction 1) or a drought (-1), significant or not.

    p of a streak of n days with leads or conversions: the earlier share of such days that had a
    conversion (add-one estimate) to the power of n. p of a drought of k days
    after 90 days with c conversions besides the last: (90 / (90 + k)) ^ c, the chance that all c
    fall before it. The as-of date breaks neither, as it is not over.
    """
    days = (
        metrics.with_columns(age=(pl.lit(as_of) - pl.col("date")).dt.total_days())
        .filter(pl.col("age").is_between(0, LONGEST + DAYS_BEFORE))
        .filter((pl.col("age") > 0) | (pl.col("conversions_booked") > 0))
        .with_columns(has_conversion=pl.col("conversions_booked") > 0)
        .sort("agent_id", "age")
    )
    running = days.with_columns(
        is_unbroken=pl.col("has_conversion").cum_min().over("agent_id"),
        last_age=pl.col("age").filter("has_conversion").min().over("agent_id"),
    )
    return pl.concat([findings(_streak(running), "streak"), findings(_drought(running), "drought")])


def _streak(days: pl.DataFrame) -> pl.DataFrame:
    start = pl.col("age").filter("is_unbroken").max().over("agent_id")
    earlier = ~pl.col("is_unbroken") & (pl.col("age") <= start + DAYS_BEFORE)
    return (
        days.with_columns(is_earlier=earlier.fill_null(value=False))
        .group_by("agent_id")
        .agg(
            n=pl.col("is_unbroken").sum().cast(pl.Int64),
            n_before=pl.col("is_earlier").sum().cast(pl.Int64),
            successes=pl.col("has_conversion").filter("is_earlier").sum(),
        )
        .filter(pl.col("n") > 0)
        .with_columns(
            value=pl.col("n"),
            direction=pl.lit(1),
            statistic=pl.col("n"),
            p=((pl.col("successes") + 1) / (pl.col("n_before") + 2)) ** pl.col("n"),
        )
    )


def _drought(days: pl.DataFrame) -> pl.DataFrame:
    since = pl.col("last_age")
    is_before = pl.col("age").is_between(since, since + DAYS_BEFORE - 1)
    return (
        days.filter(since.is_not_null() & (since > 0) & is_before)
        .group_by("agent_id")
        .agg(
            n=since.first(),
            n_before=pl.col("conversions_booked").sum(),
            first_age=pl.col("age").max(),
        )
        .with_columns(
            value=pl.col("n"),
            direction=pl.lit(-1),
            statistic=pl.col("n"),
            p=(DAYS_BEFORE / (DAYS_BEFORE + pl.col("n"))) ** (pl.col("n_before") - 1),
        )
    )
