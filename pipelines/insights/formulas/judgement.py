"""Which findings are shown: those that chance does not explain, the most important first."""

import polars as pl

from pipelines.insights.formulas.rules import CHANGED_MEASURES, rules_frame
from pipelines.insights.formulas.significance import holm

AT_MOST = 5


def judged(found: pl.DataFrame) -> pl.DataFrame:
    """Findings beside the rule that speaks of them; `p` of the changed ones is Holm-adjusted.

    A measure counts as tested where it has enough data, whatever came of it, so that the
    adjustment does not depend on the result.
    """
    rules = rules_frame()
    enough = rules.select("measure", "minimum_n", "minimum_n_before").unique()
    tested = found.join(enough, on="measure").filter(
        (pl.col("n") >= pl.col("minimum_n"))
        & (pl.col("n_before").fill_null(0) >= pl.col("minimum_n_before"))
    )
    is_changed = pl.col("measure").is_in(CHANGED_MEASURES)
    adjusted = pl.concat(
        [
            tested.filter(is_changed).with_columns(p=holm(pl.col("p"), "agent_id")),
            tested.filter(~is_changed),
        ]
    )
    return (
        adjusted.drop("minimum_n", "minimum_n_before")
        .join(rules, on=["measure", "direction"])
        .filter(
            (pl.col("threshold").is_null() | (pl.col("p") <= pl.col("threshold")))
            & _is_large_enough()
        )
    )


def most_important(chosen: pl.DataFrame) -> pl.DataFrame:
    """At most five per agent with `position` from 1, one of each theme; ties in order of id."""
    order = ["agent_id", "priority", "p", "rule_id", "subject"]
    return (
        chosen.sort(order, nulls_last=True)
        .unique(["agent_id", "theme"], keep="first", maintain_order=True)
        .with_columns(position=pl.int_range(1, pl.len() + 1).over("agent_id"))
        .filter(pl.col("position") <= AT_MOST)
    )


def _is_large_enough() -> pl.Expr:
    """A change from nothing has no percentage, and is large."""
    change = pl.col("change").cast(pl.Float64).abs().fill_null(float("inf"))
    return (pl.col("minimum_change_pct") == 0) | (change >= pl.col("minimum_change_pct"))
