"""What changed in how an agent's leads fare: conversion, answers, ratings, funnel steps."""

from datetime import date

import polars as pl

from pipelines.insights.formulas.comparison import Comparison, compared, leads_at_window_end
from pipelines.insights.formulas.finding import findings, whole
from pipelines.insights.formulas.percent_change import percent_change, rounded_tenths
from pipelines.insights.formulas.significance import normal_tail, two_sided

MICRO = 10**6
ALL = pl.lit(value=True)
RATED = pl.col("satisfaction_rating").is_not_null()
ANSWERED = pl.col("response_hours").is_not_null() & pl.col("was_answered")

CONVERSION = Comparison(pl.col("was_converted"), ALL, pl.col("is_converted_dated"))
UNRESPONDED = Comparison(~pl.col("was_answered"), ALL, pl.col("is_answered_dated"))
LOW_RATINGS = Comparison(pl.col("satisfaction_rating") <= 2, RATED, ALL)
RATING = Comparison(pl.col("satisfaction_rating"), RATED, ALL, is_share=False)
RESPONSE = Comparison(
    pl.col("response_hours").rank().over("agent_id"),
    ANSWERED,
    pl.col("is_answered_dated"),
    is_share=False,
)
# Each step of the funnel: the stage reached, what it is called, and who could reach it.
STEPS = (
    ("contacted", "leads to contacts", ALL),
    ("interested", "contacts to interest", pl.col("was_contacted")),
    ("converted", "interest to conversions", pl.col("was_interested")),
)


def lead_changes(leads: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One finding per agent and measure, significant or not.

    `leads`: one row per lead, as `generate_personal_insights` takes them.
    """
    then = leads_at_window_end(leads, as_of)
    return pl.concat(
        [
            findings(_ratio(compared(then, CONVERSION), 100), "conversion"),
            findings(_risen(_ratio(compared(then, UNRESPONDED), 100)), "unresponded"),
            findings(_risen(_ratio(compared(then, LOW_RATINGS), 100)), "low_ratings"),
            findings(_ratio(compared(then, RATING), 1), "satisfaction"),
            findings(_medians(then), "response"),
            findings(_worst_step(then), "funnel_step"),
        ]
    )


def _ratio(frame: pl.DataFrame, factor: int) -> pl.DataFrame:
    """`factor` times total over n, now and before."""
    now = whole(pl.col("total")) * factor, whole(pl.col("n"))
    before = whole(pl.col("total_before")) * factor, whole(pl.col("n_before"))
    change, _ = percent_change(now, before)
    return _tested(frame).with_columns(
        value=rounded_tenths(*now), before=rounded_tenths(*before), change=change
    )


def _medians(then: pl.DataFrame) -> pl.DataFrame:
    """The rank test, and beside it the medians: a mean follows its few longest answers."""
    is_current = pl.col("block") == 0
    micro_hours = (pl.col("response_hours").cast(pl.Decimal(38, 6)) * MICRO).cast(pl.Int64)
    medians = (
        then.filter(ANSWERED)
        .group_by("agent_id")
        .agg(
            now=(2 * micro_hours.filter(is_current).median()).cast(pl.Int64),
            then=(2 * micro_hours.filter(~is_current).median()).cast(pl.Int64),
        )
    )
    now, before = (whole(pl.col(side)) for side in ("now", "then"))
    unit = whole(2 * MICRO)
    change, _ = percent_change((now, unit), (before, unit))
    return (
        _tested(compared(then, RESPONSE))
        .join(medians.drop_nulls(), on="agent_id")
        .with_columns(
            value=rounded_tenths(now, unit), before=rounded_tenths(before, unit), change=change
        )
    )


def _worst_step(then: pl.DataFrame) -> pl.DataFrame:
    """The step that has lost most by its test, its p times the number of steps tested."""
    steps = pl.concat(
        _ratio(
            compared(then, Comparison(pl.col(f"was_{stage}"), sample, pl.col(f"is_{stage}_dated"))),
            100,
        ).with_columns(subject=pl.lit(stage), detail=pl.lit(words))
        for stage, words, sample in STEPS
    )
    fallen = normal_tail(-pl.col("statistic")) * pl.len().over("agent_id")
    return (
        steps.with_columns(p=fallen.clip(upper_bound=1.0))
        .sort("agent_id", "statistic", "subject")
        .unique("agent_id", keep="first", maintain_order=True)
    )


def _tested(frame: pl.DataFrame) -> pl.DataFrame:
    z = pl.col("z")
    return frame.filter(z.is_not_null()).with_columns(
        statistic=z, direction=z.sign(), p=two_sided(normal_tail(z.abs()))
    )


def _risen(frame: pl.DataFrame) -> pl.DataFrame:
    """Tested for a rise alone."""
    return frame.with_columns(p=normal_tail(pl.col("statistic")))
