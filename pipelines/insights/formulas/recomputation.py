"""When an agent's insights are computed again: its numbers have moved past a threshold."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

BASIS = {
    "agent_id": pl.String,
    "date_range": pl.Int32,
    "metric": pl.String,
    "value": pl.String,
}
"""One row per agent, window and metric that has a value. `value` is text: a number, or of the
metric `goals` what any change of counts."""

NUMBER = pl.Decimal(38, 6)
KEY = ["agent_id", "date_range", "metric"]
NEW, GONE = "new agent", "agent gone"


@dataclass(frozen=True)
class Threshold:
    """A move is significant from `least` on, in units of the metric, and from `least_pct` percent
    of the number that the insights were computed from."""

    metric: str
    least: Decimal
    least_pct: int = 0


THRESHOLDS = (
    Threshold("leads_handled", Decimal(3), 5),
    # A single conversion begins or ends a streak.
    Threshold("conversions_booked", Decimal(1)),
    Threshold("conversion_rate_pct", Decimal(1)),
    Threshold("total_revenue", Decimal("0.01"), 5),
    Threshold("response_time_hours", Decimal("0.1"), 5),
    Threshold("satisfaction_score", Decimal("0.1")),
    Threshold("unresponded_count", Decimal(2), 10),
    # In a large team a few agents' change moves the ranks of nearly all by some places.
    Threshold("rank", Decimal(2), 5),
)


def insight_basis(numbers: pl.DataFrame) -> pl.DataFrame:
    """The numbers of `agent_id` and `date_range` in long form, with the columns of BASIS."""
    metrics = [threshold.metric for threshold in THRESHOLDS]
    return (
        numbers.with_columns(pl.col(metrics).cast(NUMBER))
        .unpivot(metrics, index=["agent_id", "date_range"], variable_name="metric")
        .drop_nulls("value")
        .select(pl.col(name).cast(kind) for name, kind in BASIS.items())
    )


def significant_moves(now: pl.DataFrame, basis: pl.DataFrame) -> pl.DataFrame:
    """`agent_id` and `reason`, one row per agent and metric that moved significantly.

    `now`, `basis`: columns of BASIS. A number that came or went is a move, and so is any change
    of a metric without a threshold. An agent that is on one side only has that as its reason.
    """
    agents, known = (side.select("agent_id").unique() for side in (now, basis))
    both = now.join(basis, on=KEY, how="full", coalesce=True, suffix="_before").join(
        agents.join(known, on="agent_id"), on="agent_id", how="semi"
    )
    moved = both.filter(
        pl.col("value").is_null()
        | pl.col("value_before").is_null()
        | ((pl.col("value") != pl.col("value_before")) & _is_significant())
    )
    return pl.concat(
        [
            moved.select("agent_id", reason="metric"),
            agents.join(known, on="agent_id", how="anti").with_columns(reason=pl.lit(NEW)),
            known.join(agents, on="agent_id", how="anti").with_columns(reason=pl.lit(GONE)),
        ]
    ).unique()


def _is_significant() -> pl.Expr:
    now, before = (pl.col(name).cast(NUMBER, strict=False) for name in ("value", "value_before"))
    move = (now - before).abs()
    rules = pl.DataFrame(
        [(rule.metric, rule.least, rule.least_pct) for rule in THRESHOLDS],
        {"metric": pl.String, "least": NUMBER, "least_pct": pl.Float64},
        orient="row",
    )
    least, least_pct = (
        pl.col("metric").replace_strict(rules["metric"], rules[name], default=0)
        for name in ("least", "least_pct")
    )
    is_far = (100 * move.cast(pl.Float64)) >= (least_pct * before.abs().cast(pl.Float64))
    return ((move >= least) & is_far).fill_null(value=True)
