"""Trends of one comparison: equal to those of the polars formulas, whatever the sums."""

import json
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.insights.formulas.trends import agent_trends
from trends.comparison import Change, Comparison, changes
from trends.metrics import TRENDS

KINDS = {
    "total_revenue": pl.Decimal(24, 2),
    "response_hours_total": pl.Decimal(20, 6),
    "response_time_median_exact_hours": pl.Decimal(15, 7),
    "business_hours_total": pl.Decimal(20, 6),
    "leads_squares": pl.Float64,
    "revenue_squares": pl.Float64,
    "response_log_total": pl.Float64,
    "response_log_squares": pl.Float64,
    "satisfaction_squares": pl.Float64,
}
NOTHING: dict[str, Any] = {
    "leads_handled": 0,
    "leads_converted": 0,
    "undated_count": 0,
    "total_revenue": Decimal(0),
    "response_hours_total": Decimal(0),
    "response_count": 0,
    "response_time_median_exact_hours": None,
    "business_hours_total": Decimal(0),
    "business_response_count": 0,
    "satisfaction_total": 0,
    "satisfaction_count": 0,
    "leads_squares": 0.0,
    "revenue_squares": 0.0,
    "response_log_total": 0.0,
    "response_log_squares": 0.0,
    "satisfaction_squares": 0.0,
}

ANSWERED: dict[str, Any] = NOTHING | {
    "leads_handled": 100,
    "response_count": 100,
    "response_time_median_exact_hours": Decimal("0.0000000"),
}
# From 0 to a median that is served as 0.0, with a notable change of the logarithms.
HARDLY_SLOWER: dict[str, Any] = ANSWERED | {
    "response_time_median_exact_hours": Decimal("0.0000001"),
    "response_log_total": 100.0,
    "response_log_squares": 150.0,
}


@st.composite
def sides(draw: st.DrawFn) -> dict[str, Any]:
    """Sums of a span, as far from each other as those of real leads or further."""
    count = draw(st.integers(0, 400))
    converted = draw(st.integers(0, count))
    answered = draw(st.integers(0, count))
    rated = draw(st.integers(0, count))
    ratings = draw(st.integers(rated, 5 * rated))
    revenue = draw(st.decimals(-(10**6), 10**9, places=2))
    hours = draw(st.decimals(0, 10**6, places=6)) if answered else Decimal(0)
    log = draw(st.integers(0, 20_000_000)) * answered
    return {
        "leads_handled": count,
        "leads_converted": converted,
        "undated_count": draw(st.sampled_from([0, converted // 10, converted // 9, converted])),
        "total_revenue": revenue,
        "response_hours_total": hours,
        "response_count": answered,
        "response_time_median_exact_hours": (
            draw(st.decimals(0, 10**6, places=7)) if answered else None
        ),
        "business_hours_total": draw(st.decimals(0, hours, places=6)),
        "business_response_count": answered,
        "satisfaction_total": ratings,
        "satisfaction_count": rated,
        "leads_squares": float(count**2 // 20 + draw(st.integers(0, count))),
        "revenue_squares": float(revenue) ** 2 / draw(st.integers(1, 30)),
        "response_log_total": float(log),
        "response_log_squares": float(log**2 // (answered or 1) + draw(st.integers(0, 10**9))),
        "satisfaction_squares": float(ratings * 5 - draw(st.integers(0, ratings))),
    }


comparisons = st.builds(
    Comparison,
    day_count=st.sampled_from([0, 1, 7, 30, 365]),
    is_partial_history=st.booleans(),
    current=sides(),
    previous=sides(),
)


def by_polars(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """`trendDetails` of the polars formulas, numbers as they are served."""
    row = {
        "agent_id": "ann",
        "date_range": "30",
        "compare": "previous",
        "day_count": comparison.day_count,
        "is_partial_history": comparison.is_partial_history,
    } | {
        f"{side}_{name}": str(value) if isinstance(value, Decimal) else value
        for side in ("current", "previous")
        for name, value in getattr(comparison, side).items()
    }
    frame = pl.DataFrame([row]).with_columns(
        pl.col(f"{side}_{name}").cast(kind)
        for side in ("current", "previous")
        for name, kind in KINDS.items()
    )
    [found] = agent_trends(frame).to_dicts()
    details: dict[str, dict[str, Any]] = json.loads(
        found["details"], parse_float=str, parse_int=str
    )
    return details


def as_served(change: Change) -> dict[str, Any]:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else format(value, "f")

    return {
        "current": text(change.current),
        "previous": text(change.previous),
        "change": text(change.change),
        "unit": "pct",
        "points": text(change.points),
        "better": change.better,
        "reason": change.reason,
        "isNotable": change.is_notable,
    }


@given(comparisons)
@example(Comparison(30, False, NOTHING, NOTHING))
@example(Comparison(30, False, NOTHING | {"total_revenue": Decimal("-0.01")}, NOTHING))
@example(Comparison(30, False, HARDLY_SLOWER, ANSWERED))
def test_one_comparison_has_the_trends_of_the_polars_formulas(comparison: Comparison) -> None:
    found = changes(comparison)
    assert list(found) == [trend.metric for trend in TRENDS]
    assert {metric: as_served(change) for metric, change in found.items()} == by_polars(comparison)


def test_a_change_is_notable_where_chance_hardly_makes_one() -> None:
    """200 of 400 leads convert, of 400 before only 100; nothing else changes."""
    before = NOTHING | {"leads_handled": 400, "leads_converted": 100, "leads_squares": 6000.0}
    now = before | {"leads_converted": 200}
    found = changes(Comparison(30, False, now, before))
    assert [metric for metric, change in found.items() if change.is_notable] == ["conversion"]
    assert found["conversion"] == Change(
        Decimal("50.0"), Decimal("25.0"), Decimal("100.0"), Decimal("25.0"), True, None, True
    )
