"""The columns of a finding: what a family of insights has measured, not yet judged or worded."""

import polars as pl

FINDING = {
    "agent_id": pl.String,
    "measure": pl.String,
    "subject": pl.String,
    "direction": pl.Int64,
    "value": pl.String,
    "before": pl.String,
    "change": pl.String,
    "detail": pl.String,
    "n": pl.Int64,
    "n_before": pl.Int64,
    "statistic": pl.Float64,
    "p": pl.Float64,
}
"""`subject` is which source, step, weekday, hour or goal, and part of the insight's id; empty where
the measure has one subject only. `before` is what `value` is compared with, `change` is in percent
of it (of a rank in places), `direction` 1, -1 or 0. Numbers are text with the decimals served."""


def findings(frame: pl.DataFrame, measure: pl.Expr | str) -> pl.DataFrame:
    """The frame with the columns of a finding and no others; columns it lacks are null."""
    named = frame.with_columns(measure=pl.lit(measure) if isinstance(measure, str) else measure)
    lacking = [name for name in FINDING if name not in named.columns]
    return (
        named.with_columns(pl.lit(None).alias(name) for name in lacking)
        .with_columns(pl.col("subject").fill_null(""))
        .select(pl.col(name).cast(kind) for name, kind in FINDING.items())
    )


def whole(value: pl.Expr | int) -> pl.Expr:
    """As the exact integers that the percent-change rule takes."""
    expression = value if isinstance(value, pl.Expr) else pl.lit(value)
    return expression.cast(pl.Int128)
