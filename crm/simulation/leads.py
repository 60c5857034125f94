"""Rows of the leads table for simulated leads, under our column names."""

from collections.abc import Sequence
from itertools import cycle, islice

import polars as pl

from crm.simulation.draws import Draws

CHANGE_TIMES = [
    "created_at",
    "assigned_at",
    "reassigned_at",
    "contacted_at",
    "interested_at",
    "converted_at",
    "lost_at",
    "handed_over_at",
]
MESSY_SHARE = 0.002


def disposition(draws: Draws, converted: Sequence[str]) -> pl.Expr:
    """`converted`: the CRM's words for a converted lead, a few with careless spelling."""
    usual, capitalized, indented = islice(cycle(converted), 3)
    won = {usual: 0.94, capitalized.capitalize(): 0.04, f" {indented}": 0.02}
    return (
        pl.when(pl.col("lost_at").is_not_null())
        .then(draws.choice("loss", {"lost": 0.7, "not_interested": 0.3}))
        .when(pl.col("converted_at").is_not_null())
        .then(draws.choice("win", won))
        .when(pl.col("interested_at").is_not_null())
        .then(pl.lit("interested"))
        .when(pl.col("contacted_at").is_not_null())
        .then(pl.lit("contacted"))
        .otherwise(pl.lit("new"))
    )


def current_agent() -> pl.Expr:
    return (
        pl.when(pl.col("handed_over_at").is_not_null())
        .then(pl.col("next_agent"))
        .when(pl.col("assigned_at").is_not_null())
        .then(pl.col("agent"))
    )


def lead_rows(lifecycles: pl.DataFrame, seed: int, converted: Sequence[str]) -> pl.DataFrame:
    """Return one row per lead as of the horizon, a few of them with messy values.

    `converted`: the CRM's words for a converted lead.
    """
    draws = Draws(seed, "number")
    is_messy = draws.chance("messy lead", MESSY_SHARE)
    is_contacted = pl.col("contacted_at").is_not_null()
    is_measured = is_contacted & draws.chance("measured", 0.8)
    hours = pl.when(is_measured).then(pl.col("hours"))
    source = pl.col("source").replace("", None)
    return lifecycles.select(
        pl.col("lead_id").alias("id"),
        "created_at",
        pl.when(is_messy).then(source.str.to_uppercase() + " ").otherwise(source).alias("source"),
        disposition(draws, converted).alias("disposition"),
        current_agent().alias("assigned_agent_id"),
        "contacted_at",
        "interested_at",
        pl.when(is_messy).then(hours * -1).otherwise(hours).alias("response_time_hours"),
        pl.when(is_contacted).then(pl.col("rating")).alias("satisfaction_rating"),
        pl.max_horizontal(CHANGE_TIMES).alias("updated_at"),
    )
