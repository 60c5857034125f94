"""Columns of a finding: a signal measured for one agent, before selection and rendering."""

from typing import get_args

import polars as pl

from goals.status import Status

FINDING = {
    "agent_id": pl.String,
    "signal": pl.String,
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
"""`signal` is a key of SIGNALS; `subject` the source, step, weekday, hour or goal that it is about,
and part of the insight's id; empty where the signal has one subject only. `before` is what `value`
is compared with, `change` is in percent of it (of a rank in places), `direction` 1, -1 or 0.
Numbers are text with the decimals served."""

SIGNALS = frozenset(
    {
        "conversion",
        "unresponded",
        "low_ratings",
        "satisfaction",
        "response",
        "funnel_step",
        "volume",
        "revenue",
        "streak",
        "drought",
        "source",
        "weekday",
        "hour",
        "ranking",
        *(f"goal_{status}" for status in get_args(Status)),
    }
)
"""Keys of everything that the formulas measure."""


def findings(frame: pl.DataFrame, signal: pl.Expr | str) -> pl.DataFrame:
    """Returns the frame with exactly the columns of a finding; missing ones are null."""
    with_signal = frame.with_columns(signal=pl.lit(signal) if isinstance(signal, str) else signal)
    missing = [name for name in FINDING if name not in with_signal.columns]
    return (
        with_signal.with_columns(pl.lit(None).alias(name) for name in missing)
        .with_columns(pl.col("subject").fill_null(""))
        .select(pl.col(name).cast(kind) for name, kind in FINDING.items())
    )


def exact(value: pl.Expr | int) -> pl.Expr:
    """Casts integers to Int128, as the percent-change rule needs."""
    expression = value if isinstance(value, pl.Expr) else pl.lit(value)
    return expression.cast(pl.Int128)
