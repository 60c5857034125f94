"""Patterns of success: by source, and by weekday and hour of the first contact."""

from datetime import date, timedelta

import polars as pl

from pipelines.insights.formulas.standouts import standouts

DAYS = 90
HOURS = 3
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNKNOWN = "Unknown"


def patterns(sources: pl.DataFrame, leads: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Findings on `marts.agent_lead_sources` and on the leads of the last 90 days."""
    return pl.concat(
        [
            standouts(_by_source(sources), "source"),
            standouts(_by_contact(leads, as_of, _weekday()), "weekday"),
            standouts(_by_contact(leads, as_of, _hours()), "hour"),
        ]
    )


def _by_source(sources: pl.DataFrame) -> pl.DataFrame:
    return sources.filter(
        (pl.col("date_range") == str(DAYS))
        & (pl.col("lead_count") > 0)
        & (pl.col("source") != UNKNOWN)
    ).select("agent_id", subject="source", n="lead_count", total="converted_count")


def _by_contact(leads: pl.DataFrame, as_of: date, subject: pl.Expr) -> pl.DataFrame:
    """Contacted leads, and how many of them have shown interest."""
    first = as_of - timedelta(days=DAYS - 1)
    return (
        leads.filter(
            pl.col("date").is_between(first, as_of)
            & pl.col("contacted_weekday").is_not_null()
            & pl.col("contacted_hour").is_not_null()
        )
        .group_by("agent_id", subject=subject)
        .agg(n=pl.len().cast(pl.Int64), total=pl.col("is_interested").sum().cast(pl.Int64))
    )


def _weekday() -> pl.Expr:
    names = pl.lit(pl.Series(WEEKDAYS))
    return names.gather(pl.col("contacted_weekday").cast(pl.UInt32) - 1)


def _hours() -> pl.Expr:
    start = pl.col("contacted_hour") // HOURS * HOURS
    return pl.format("{}-{}", start, start + HOURS)
