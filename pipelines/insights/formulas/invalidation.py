"""Invalidation of insights: agents whose numbers moved past a threshold are computed again."""

from collections.abc import Sequence

import polars as pl

from pipelines.insights.rules import Threshold

BASIS = {
    "agent_id": pl.String,
    "date_range": pl.String,
    "metric": pl.String,
    "value": pl.String,
}
"""One row per agent, period and metric that has a value. `value` is text: a number, or of the
metric `goals` a text, where any change counts."""

NUMBER = pl.Decimal(38, 6)
KEY = ["agent_id", "date_range", "metric"]
NEW, GONE = "new agent", "agent gone"


def insight_basis(numbers: pl.DataFrame, thresholds: Sequence[Threshold]) -> pl.DataFrame:
    """The numbers of `agent_id` and `date_range` in long form, with the columns of BASIS."""
    metrics = [threshold.metric for threshold in thresholds]
    return (
        numbers.with_columns(pl.col(metrics).cast(NUMBER))
        .unpivot(metrics, index=["agent_id", "date_range"], variable_name="metric")
        .drop_nulls("value")
        .select(pl.col(name).cast(kind) for name, kind in BASIS.items())
    )


def significant_moves(
    now: pl.DataFrame, basis: pl.DataFrame, thresholds: Sequence[Threshold]
) -> pl.DataFrame:
    """`agent_id` and `reason`, one row per agent and metric that moved significantly.

    `now`, `basis`: columns of BASIS. A number that appeared or disappeared is a move, as is any
    change of a metric without a threshold. An agent on one side only has that as its reason.
    """
    agents, known = (side.select("agent_id").unique() for side in (now, basis))
    both = now.join(basis, on=KEY, how="full", coalesce=True, suffix="_before").join(
        agents.join(known, on="agent_id"), on="agent_id", how="semi"
    )
    moved = both.filter(
        pl.col("value").is_null()
        | pl.col("value_before").is_null()
        | ((pl.col("value") != pl.col("value_before")) & _is_significant(thresholds))
    )
    return pl.concat(
        [
            moved.select("agent_id", reason="metric"),
            agents.join(known, on="agent_id", how="anti").with_columns(reason=pl.lit(NEW)),
            known.join(agents, on="agent_id", how="anti").with_columns(reason=pl.lit(GONE)),
        ]
    ).unique()


def _is_significant(thresholds: Sequence[Threshold]) -> pl.Expr:
    now, before = (pl.col(name).cast(NUMBER, strict=False) for name in ("value", "value_before"))
    move = (now - before).abs()
    rows = pl.DataFrame(
        [(row.metric, row.min_move, row.min_move_pct) for row in thresholds],
        {"metric": pl.String, "min_move": NUMBER, "min_move_pct": pl.Float64},
        orient="row",
    )
    least, least_pct = (
        pl.col("metric").replace_strict(rows["metric"], rows[name], default=0)
        for name in ("min_move", "min_move_pct")
    )
    is_far = (100 * move.cast(pl.Float64)) >= (least_pct * before.abs().cast(pl.Float64))
    return ((move >= least) & is_far).fill_null(value=True)
