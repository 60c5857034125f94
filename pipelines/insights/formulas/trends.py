"""Trends of every KPI: both sides of a comparison, the change, and whether it is notable."""

from collections.abc import Mapping

import polars as pl

from pipelines.insights.formulas.notable_change import notable
from pipelines.insights.formulas.percent_change import is_undefined, percent_change, rounded
from trends.metrics import (
    MAX_UNDATED_PCT,
    NO_COMPLETE_DAY,
    PARTIAL_HISTORY,
    TRENDS,
    UNDATED,
    Trend,
)

KEY = ["agent_id", "date_range", "compare"]


def agent_trends(comparisons: pl.DataFrame) -> pl.DataFrame:
    """One row per agent, period and comparison, for `GET /agent/analytics/kpis`.

    `comparisons`: marts.agent_comparisons. Returns agent_id, date_range, compare, and as JSON
    `changes` (percent by metric) and `details` (an object by metric, with the decimals served).
    """
    rows = comparisons.with_row_index("comparison")
    metrics = pl.concat(
        rows.select("comparison", place=pl.lit(place), **_compared(trend))
        for place, trend in enumerate(TRENDS)
    )
    tested = metrics.join(
        notable(rows, metrics.filter("is_tested").select("comparison", "metric", "direction")),
        on=["comparison", "metric"],
        how="left",
    )
    members = {"changes": _or_null("change"), "details": _detail()}
    objects = (
        tested.sort("comparison", "place")
        .group_by("comparison", maintain_order=True)
        .agg(
            _text('"', pl.col("metric"), '":', member).str.join(",").alias(name)
            for name, member in members.items()
        )
    )
    return rows.join(objects, on="comparison").select(
        *KEY, *(_text("{", pl.col(name), "}").alias(name) for name in members)
    )


def _compared(trend: Trend) -> Mapping[str, pl.Expr]:
    current, previous = _side(trend, "current"), _side(trend, "previous")
    change, undefined = percent_change(current, previous)
    reason = (
        pl.when(pl.col("day_count") == 0)
        .then(pl.lit(NO_COMPLETE_DAY))
        .when("is_partial_history")
        .then(pl.lit(PARTIAL_HISTORY))
        .when(_is_undated() if trend.metric == "conversion" else False)
        .then(pl.lit(UNDATED))
        .otherwise(undefined)
    )
    is_comparable = ~reason.is_in([NO_COMPLETE_DAY, PARTIAL_HISTORY, UNDATED]).fill_null(
        value=False
    )
    change = pl.when(is_comparable).then(change)
    points = pl.lit(None)
    if trend.is_rate:
        difference = current[0] * previous[1] - previous[0] * current[1]
        points = pl.when(is_comparable & ~is_undefined(current) & ~is_undefined(previous)).then(
            rounded(100 * difference, current[1] * previous[1], 1)
        )
    is_up = change > 0 if trend.is_higher_better else change < 0
    return {
        "metric": pl.lit(trend.metric),
        "current": _served(trend, current),
        "previous": _served(trend, previous),
        "change": change.cast(pl.String),
        "points": points.cast(pl.String),
        # From 0 there is no percentage, but a direction.
        "direction": change.sign().fill_null(current[0].sign()).cast(pl.Int8),
        "is_better": pl.when(change != 0).then(is_up),
        "reason": reason,
        "is_tested": is_comparable & ~is_undefined(current) & ~is_undefined(previous),
    }


def _side(trend: Trend, side: str) -> tuple[pl.Expr, pl.Expr]:
    """The KPI of one side as a ratio, undefined without a complete day."""
    numerator = _scaled(f"{side}_{trend.numerator}", trend.decimals)
    denominator = (
        pl.lit(1, dtype=pl.Int128)
        if trend.denominator is None
        else _scaled(f"{side}_{trend.denominator}", 0)
    )
    return pl.when(pl.col("day_count") > 0).then(numerator), denominator


def _served(trend: Trend, side: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    numerator, denominator = side
    factor = 100 if trend.is_rate else 1
    value = rounded(factor * numerator, denominator * 10**trend.decimals, trend.places)
    return pl.when(~is_undefined(side)).then(value.cast(pl.String))


def _is_undated() -> pl.Expr:
    """Whether more than MAX_UNDATED_PCT of the conversions of either side have no date."""
    return pl.any_horizontal(
        100 * pl.col(f"{side}_undated_count") > MAX_UNDATED_PCT * pl.col(f"{side}_leads_converted")
        for side in ("current", "previous")
    )


def _detail() -> pl.Expr:
    return _text(
        '{"current":',
        _or_null("current"),
        ',"previous":',
        _or_null("previous"),
        ',"change":',
        _or_null("change"),
        ',"unit":"pct","points":',
        _or_null("points"),
        ',"better":',
        _or_null("is_better"),
        ',"reason":',
        _text('"', pl.col("reason"), '"').fill_null("null"),
        ',"isNotable":',
        pl.col("is_notable").fill_null(value=False).cast(pl.String),
        "}",
    )


def _or_null(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("null")


def _text(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str(pl.lit(part) if isinstance(part, str) else part for part in parts)


def _scaled(column: str, decimals: int) -> pl.Expr:
    """Scales a column to integers of its last decimal."""
    decimal = pl.col(column).cast(pl.Decimal(38, decimals))
    scaled: pl.Expr = decimal * 10**decimals
    return scaled.cast(pl.Int128)
