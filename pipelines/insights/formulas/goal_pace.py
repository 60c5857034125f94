"""Goal pace: a finding per goal by its status, without a significance test."""

import polars as pl

from goals.types import GOAL_TYPES
from pipelines.insights.formulas.finding import findings

GOALS: dict[str, pl.DataType | type[pl.DataType]] = {
    "agent_id": pl.String,
    "goal_type": pl.String,
    "period": pl.String,
    "status": pl.String,
    "target": pl.Decimal(38, 2),
    "current": pl.Decimal(38, 2),
    "needed_per_day": pl.Decimal(38, 2),
    "elapsed_days": pl.Int64,
}
"""The goals of the periods that contain the as-of date, with progress as it is served."""

LABELS = {goal_type.name: goal_type.label for goal_type in GOAL_TYPES.values()}


def goal_pace(goals: pl.DataFrame) -> pl.DataFrame:
    """One finding per goal, with the signal `goal_<status>`; not all of them have rules."""
    return findings(
        goals.filter(pl.col("current").is_not_null()).with_columns(
            subject=pl.format("{} {}", "period", pl.col("goal_type").replace(LABELS)),
            value=_trimmed("current"),
            before=_trimmed("target"),
            detail=_trimmed("needed_per_day"),
            direction=pl.lit(0),
            n=pl.col("elapsed_days"),
        ),
        pl.format("goal_{}", "status"),
    )


def _trimmed(column: str) -> pl.Expr:
    """Removes trailing zeros and the decimal point."""
    return pl.col(column).cast(pl.Decimal(38, 2)).cast(pl.String).str.replace(r"\.?0+$", "")
