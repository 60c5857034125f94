"""Rank moves of agents for whom a component of the score changed significantly."""

import polars as pl

from pipelines.insights.formulas.finding import findings

DATE_RANGE = "30"
COMPONENTS = ("conversion", "satisfaction", "response")


def rank_moves(ranking: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """One finding per agent whose rank moved the way that one of its components changed.

    Ranks move by chance every day, so a move counts only with a significant finding for a
    component of the score. `changed`: the significant findings. `ranking`:
    marts.agent_team_ranking.
    """
    # Fewer hours are better, so a fall of response times lifts the rank.
    side = pl.when(pl.col("signal") == "response").then(-1).otherwise(1)
    reasons = (
        changed.filter(pl.col("signal").is_in(COMPONENTS))
        .with_columns(direction=pl.col("direction") * side)
        .group_by("agent_id", "direction")
        .agg(p=pl.col("p").min())
    )
    moved = pl.col("rank_change")
    return findings(
        ranking.filter((pl.col("date_range") == DATE_RANGE) & moved.is_not_null())
        .with_columns(direction=moved.sign().cast(pl.Int64))
        .join(reasons, on=["agent_id", "direction"])
        .with_columns(
            value=pl.col("rank"),
            before=pl.col("previous_rank"),
            change=moved,
            detail=moved.abs(),
            n=pl.col("total_agents"),
            n_before=pl.col("previous_total_agents"),
        ),
        "ranking",
    )
