"""Changes in an agent's lead outcomes: conversion, responses, ratings, funnel steps."""

from datetime import date

import polars as pl

from pipelines.insights.formulas.finding import exact, findings
from pipelines.insights.formulas.percent_change import percent_change, rounded_tenths
from pipelines.insights.formulas.significance import normal_tail, two_sided
from pipelines.insights.formulas.two_sample import Score, leads_at_window_end, two_sample_test

MICRO = 10**6
ALL = pl.lit(value=True)
RATED = pl.col("satisfaction_rating").is_not_null()
ANSWERED = pl.col("response_hours").is_not_null() & pl.col("was_answered")

CONVERSION = Score(pl.col("was_converted"), ALL, pl.col("is_converted_dated"))
UNRESPONDED = Score(~pl.col("was_answered"), ALL, pl.col("is_answered_dated"))
LOW_RATINGS = Score(pl.col("satisfaction_rating") <= 2, RATED, ALL)
RATING = Score(pl.col("satisfaction_rating"), RATED, ALL, is_share=False)
RESPONSE = Score(
    pl.col("response_hours").rank().over("agent_id"),
    ANSWERED,
    pl.col("is_answered_dated"),
    is_share=False,
)
# Steps of the funnel: the stage reached, and the leads that could reach it.
STEPS = (
    ("contacted", ALL),
    ("interested", pl.col("was_contacted")),
    ("converted", pl.col("was_interested")),
)


def lead_changes(leads: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One finding per agent and signal, significant or not.

    `leads`: one row per lead, as `generate_personal_insights` takes them.
    """
    then = leads_at_window_end(leads, as_of)
    return pl.concat(
        [
            findings(_ratio(two_sample_test(then, CONVERSION), 100), "conversion"),
            findings(_unresponded(then), "unresponded"),
            findings(_rise(_ratio(two_sample_test(then, LOW_RATINGS), 100)), "low_ratings"),
            findings(_ratio(two_sample_test(then, RATING), 1), "satisfaction"),
            findings(_medians(then), "response"),
            findings(_worst_step(then), "funnel_step"),
        ]
    )


def _ratio(frame: pl.DataFrame, factor: int) -> pl.DataFrame:
    """Adds `factor` * total / n, now and before, and the change."""
    now = exact(pl.col("total")) * factor, exact(pl.col("n"))
    before = exact(pl.col("total_before")) * factor, exact(pl.col("n_before"))
    change, _ = percent_change(now, before)
    return _with_p(frame).with_columns(
        value=rounded_tenths(*now), before=rounded_tenths(*before), change=change
    )


def _unresponded(then: pl.DataFrame) -> pl.DataFrame:
    """Without a lead of the current window that waits there is nothing to do: direction 0.

    Unresponded leads are tested, because no source knows since when a lead is closed.
    """
    waiting = then.filter((pl.col("block") == 0) & pl.col("is_waiting")).select("agent_id").unique()
    risen = _rise(_ratio(two_sample_test(then, UNRESPONDED), 100))
    return risen.join(
        waiting.with_columns(has_waiting=True), on="agent_id", how="left"
    ).with_columns(direction=pl.when("has_waiting").then("direction").otherwise(0))


def _medians(then: pl.DataFrame) -> pl.DataFrame:
    """Tests ranks and shows medians, because a few long response times distort a mean."""
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
    now, before = (exact(pl.col(side)) for side in ("now", "then"))
    unit = exact(2 * MICRO)
    change, _ = percent_change((now, unit), (before, unit))
    return (
        _with_p(two_sample_test(then, RESPONSE))
        .join(medians.drop_nulls(), on="agent_id")
        .with_columns(
            value=rounded_tenths(now, unit), before=rounded_tenths(before, unit), change=change
        )
    )


def _worst_step(then: pl.DataFrame) -> pl.DataFrame:
    """Selects the step with the most significant fall; multiplies its p by the number of steps."""
    steps = pl.concat(
        _ratio(
            two_sample_test(
                then, Score(pl.col(f"was_{stage}"), sample, pl.col(f"is_{stage}_dated"))
            ),
            100,
        ).with_columns(subject=pl.lit(stage))
        for stage, sample in STEPS
    )
    fallen = normal_tail(-pl.col("statistic")) * pl.len().over("agent_id")
    return (
        steps.with_columns(p=fallen.clip(upper_bound=1.0))
        .sort("agent_id", "statistic", "subject")
        .unique("agent_id", keep="first", maintain_order=True)
    )


def _with_p(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the two-sided p of z."""
    z = pl.col("z")
    return frame.filter(z.is_not_null()).with_columns(
        statistic=z, direction=z.sign(), p=two_sided(normal_tail(z.abs()))
    )


def _rise(frame: pl.DataFrame) -> pl.DataFrame:
    """Replaces p by the one-sided p of a rise."""
    return frame.with_columns(p=normal_tail(pl.col("statistic")))
