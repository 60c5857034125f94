"""Trends of every KPI: the current window compared with the previous one."""

from dataclasses import dataclass

import polars as pl

from pipelines.insights.formulas.percent_change import NO_DATA, percent_change, rounded_tenths

KEY = ["agent_id", "date_range"]


@dataclass(frozen=True)
class Trend:
    """Parameters of one KPI's comparison.

    `numerator` over `denominator` (None = 1) is the KPI before rounding, `served` the column that
    holds it as agents see it; `decimals` those of the numerator.
    """

    metric: str
    numerator: str
    denominator: str | None
    served: str
    decimals: int = 0
    is_higher_better: bool = True
    is_rate: bool = False


TRENDS = (
    # generated: trends
    Trend("leads", "leads_handled", None, "leads_handled"),
    Trend("conversion", "leads_converted", "leads_handled", "conversion_rate_pct", is_rate=True),
    Trend("revenue", "total_revenue", None, "total_revenue", decimals=2),
    Trend(
        "response",
        "response_hours_total",
        "response_count",
        "response_time_hours",
        decimals=6,
        is_higher_better=False,
    ),
    Trend(
        "responseMedian",
        "response_time_median_exact_hours",
        None,
        "response_time_median_hours",
        decimals=7,
        is_higher_better=False,
    ),
    Trend("satisfaction", "satisfaction_total", "satisfaction_count", "satisfaction_score"),
    # end generated
)


def agent_trends(kpis: pl.DataFrame, ranking: pl.DataFrame) -> pl.DataFrame:
    """One row per agent, window and metric, for `GET /agent/analytics/kpis`.

    `kpis`: marts.agent_kpis; `ranking`: marts.agent_team_ranking; both with both periods.
    Returns agent_id, date_range, metric, current_value, previous_value (text, with the decimals
    that are served), change (percent, for the rank places), change_points (percentage points),
    unit, is_better, reason.
    """
    both = _side_by_side(kpis)
    frames = [both.select(*KEY, *_compared(trend)) for trend in TRENDS]
    agents = both.select(*KEY).join(_side_by_side(ranking), on=KEY, how="left")
    frames.append(agents.select(*KEY, *_rank_moved()))
    return pl.concat(frames)


def month_trend(summary: pl.DataFrame) -> pl.DataFrame:
    """One row per agent: `monthChange`, from marts.agent_revenue_summary."""
    one = pl.lit(1, dtype=pl.Int128)
    change, reason = percent_change(
        (_scaled("month_revenue_to_date", 2), one),
        (_scaled("previous_month_revenue_to_date", 2), one),
    )
    return summary.select("agent_id", change=change.cast(pl.String), reason=reason)


def _side_by_side(frame: pl.DataFrame) -> pl.DataFrame:
    current = frame.filter(pl.col("period") == "current").drop("period")
    previous = frame.filter(pl.col("period") == "previous").drop("period")
    return current.join(previous, on=KEY, how="full", coalesce=True, suffix="_before")


def _compared(trend: Trend) -> list[pl.Expr]:
    current = (_scaled(trend.numerator, trend.decimals), _scaled(trend.denominator, 0))
    previous = (
        _scaled(f"{trend.numerator}_before", trend.decimals),
        _scaled(trend.denominator and f"{trend.denominator}_before", 0),
    )
    change, reason = percent_change(current, previous)
    points = (
        pl.when((current[1] == 0) | (previous[1] == 0))
        .then(None)
        .otherwise(
            rounded_tenths(
                100 * (current[0] * previous[1] - previous[0] * current[1]),
                current[1] * previous[1],
            )
        )
        if trend.is_rate
        else pl.lit(None)
    )
    return _columns(
        trend.metric, trend.served, change, points, "pct", reason, trend.is_higher_better
    )


def _rank_moved() -> list[pl.Expr]:
    moved = pl.col("rank_before") - pl.col("rank")
    reason = pl.when(moved.is_null()).then(pl.lit(NO_DATA)).otherwise(None)
    return _columns("ranking", "rank", moved, pl.lit(None), "places", reason, is_higher_better=True)


def _columns(
    metric: str,
    served: str,
    change: pl.Expr,
    points: pl.Expr,
    unit: str,
    reason: pl.Expr,
    is_higher_better: bool,
) -> list[pl.Expr]:
    is_up = change > 0 if is_higher_better else change < 0
    return [
        pl.lit(metric).alias("metric"),
        pl.col(served).cast(pl.String).alias("current_value"),
        pl.col(f"{served}_before").cast(pl.String).alias("previous_value"),
        change.cast(pl.String).alias("change"),
        points.cast(pl.String).alias("change_points"),
        pl.lit(unit).alias("unit"),
        pl.when(change == 0).then(None).otherwise(is_up).alias("is_better"),
        reason.alias("reason"),
    ]


def _scaled(column: str | None, decimals: int) -> pl.Expr:
    """Scales a column to integers of its last decimal; 1 without a column."""
    if column is None:
        return pl.lit(1, dtype=pl.Int128)
    decimal = pl.col(column).cast(pl.Decimal(38, decimals))
    scaled: pl.Expr = decimal * 10**decimals
    return scaled.cast(pl.Int128)
