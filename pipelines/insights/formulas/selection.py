"""Selection of findings: the significant ones, then the most important of each agent."""

import polars as pl

from pipelines.insights.formulas.significance import holm


def select_significant(findings: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Findings joined with each rule whose thresholds they meet; `p` of changes is Holm-adjusted.

    `rules`: `Rules.frame()`. A signal counts as tested where it has enough data, whatever the
    result, so that the adjustment does not depend on it.
    """
    signals = rules.select("signal", "is_change", "min_n", "min_n_before").unique()
    tested = findings.join(signals, on="signal").filter(
        (pl.col("n") >= pl.col("min_n"))
        & (pl.col("n_before").fill_null(0) >= pl.col("min_n_before"))
    )
    adjusted = pl.concat(
        [
            tested.filter("is_change").with_columns(p=holm(pl.col("p"), "agent_id")),
            tested.filter(~pl.col("is_change")),
        ]
    )
    return (
        adjusted.drop("is_change", "min_n", "min_n_before")
        .join(rules, on=["signal", "direction"])
        .filter((pl.col("max_p").is_null() | (pl.col("p") <= pl.col("max_p"))) & _is_large_enough())
    )


def most_important(selected: pl.DataFrame, at_most: int) -> pl.DataFrame:
    """Returns up to `at_most` findings per agent, one per theme, with `position` from 1."""
    order = ["agent_id", "priority", "p", "rule_id", "subject"]
    return (
        selected.sort(order, nulls_last=True)
        .unique(["agent_id", "theme"], keep="first", maintain_order=True)
        .with_columns(position=pl.int_range(1, pl.len() + 1).over("agent_id"))
        .filter(pl.col("position") <= at_most)
    )


def _is_large_enough() -> pl.Expr:
    """Whether a change reaches the rule's minimum; one from zero has no percentage and does."""
    change = pl.col("change").cast(pl.Float64).abs().fill_null(float("inf"))
    least = pl.max_horizontal("min_change", pl.col("min_change_of_n") * pl.col("n"))
    return (least == 0) | (change >= least)
