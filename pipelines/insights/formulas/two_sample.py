"""Two-sample test of an agent's leads: the last 30 days against the 90 days before.

Each lead counts as it stood at the end of its own window, so that leads of the same age are
compared.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from pipelines.insights.formulas.significance import score_variance, two_sample_z

WINDOW_DAYS = 30
BASELINE_WINDOWS = 3
# Days per cluster. Five clusters per window, so that clusters of the same age can be compared.
CLUSTER_DAYS = 6
# Largest share of leads that reached a stage on an unknown day, which cannot be compared. Agents
# above it get no result.
UNDATED_LIMIT = 0.05
# Minimum of expected successes and of expected failures on the smaller side.
MIN_EXPECTED = 5
STAGES = ("contacted", "interested", "converted")


@dataclass(frozen=True)
class Score:
    """A score per lead in a sample; `dated`: whether its day is known."""

    score: pl.Expr
    sample: pl.Expr
    dated: pl.Expr
    is_share: bool = True


def leads_at_window_end(leads: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Leads of the four windows with `block` (0 = current), `cluster` and the stages reached then.

    A lead of an earlier window has had more time since; counting only what it had reached by the
    end of its window compares leads of the same age.
    """
    age = (pl.lit(as_of) - pl.col("date")).dt.total_days()
    days = WINDOW_DAYS * (1 + BASELINE_WINDOWS)
    window_end = pl.lit(as_of) - pl.col("block") * timedelta(days=WINDOW_DAYS)
    return (
        leads.filter(age.is_between(0, days - 1))
        .with_columns(block=age // WINDOW_DAYS, cluster=age % WINDOW_DAYS // CLUSTER_DAYS)
        .with_columns(
            **{
                f"was_{stage}": (pl.col(f"{stage}_on") <= window_end).fill_null(value=False)
                for stage in STAGES
            },
            **{
                f"is_{stage}_dated": ~pl.col(f"is_{stage}") | pl.col(f"{stage}_on").is_not_null()
                for stage in STAGES
            },
            was_answered=(pl.col("answered_on") <= window_end).fill_null(value=False),
            is_answered_dated=pl.col("is_unresponded") | pl.col("answered_on").is_not_null(),
        )
    )


def two_sample_test(leads: pl.DataFrame, score: Score) -> pl.DataFrame:
    """One row per agent: n, total, n_before, total_before, z.

    Uses the variance between clusters if it is larger, so that batches of similar leads (a
    campaign, a bad week) do not count as independent.
    """
    scored = leads.filter(score.sample).select(
        "agent_id",
        "block",
        "cluster",
        score=score.score.cast(pl.Float64),
        is_dated=score.dated,
    )
    is_current = pl.col("block") == 0
    clusters = (
        scored.filter("is_dated")
        .group_by("agent_id", "block", "cluster")
        .agg(
            count=pl.len(),
            total=pl.col("score").sum(),
            square_total=(pl.col("score") ** 2).sum(),
        )
    )
    undated = scored.group_by("agent_id").agg(undated_share=(~pl.col("is_dated")).mean())
    variance = score_variance(*(pl.col(name).sum() for name in ("count", "total", "square_total")))
    totals = clusters.group_by("agent_id").agg(
        n=pl.col("count").filter(is_current).sum().cast(pl.Int64),
        total=pl.col("total").filter(is_current).sum(),
        n_before=pl.col("count").filter(~is_current).sum().cast(pl.Int64),
        total_before=pl.col("total").filter(~is_current).sum(),
        variance=variance,
    )
    z = two_sample_z(
        (pl.col("n"), pl.col("total")),
        (pl.col("n_before"), pl.col("total_before")),
        pl.max_horizontal("variance", "spread"),
    )
    tested = (
        totals.join(undated.filter(pl.col("undated_share") <= UNDATED_LIMIT), on="agent_id")
        .join(_spread(clusters.filter(~is_current)), on="agent_id", how="left")
        .with_columns(pl.col("spread").fill_null(0.0))
        .with_columns(z=z)
    )
    return tested.filter(_has_enough_of_both()) if score.is_share else tested


def _spread(clusters: pl.DataFrame) -> pl.DataFrame:
    """Variance of one score between clusters of the same age in the earlier windows."""
    mean = pl.col("total").sum().over("agent_id", "cluster") / pl.col("count").sum().over(
        "agent_id", "cluster"
    )
    excess = (pl.col("total") - pl.col("count") * mean) ** 2 / pl.col("count")
    freedom = pl.len() - pl.col("cluster").n_unique()
    return (
        clusters.with_columns(excess=excess)
        .group_by("agent_id")
        .agg(spread=pl.col("excess").sum() / freedom, freedom=freedom)
        .filter(pl.col("freedom") > 0)
        .drop("freedom")
    )


def _has_enough_of_both() -> pl.Expr:
    share = (pl.col("total") + pl.col("total_before")) / (pl.col("n") + pl.col("n_before"))
    least = pl.min_horizontal("n", "n_before")
    return (least * share >= MIN_EXPECTED) & (least * (1 - share) >= MIN_EXPECTED)
