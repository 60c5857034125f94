"""Trends of the key figures of one period, with the reason where there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.support.oracle.formulas import served, trend

if TYPE_CHECKING:
    from tests.support.oracle.formulas import Exact
    from tests.support.oracle.sums import Sums

# Name of the trend, field of its key figure, decimals, whether lower is better.
TRENDS = (
    ("leads", "leadsHandled", 0, False),
    ("conversion", "conversionRate", 1, False),
    ("revenue", "totalRevenue", 2, False),
    ("response", "responseTimeHours", 1, True),
    ("responseMedian", "responseTimeMedianHours", 1, True),
    ("satisfaction", "satisfactionScore", 1, False),
)


def measures(sums: Sums) -> dict[str, Exact]:
    rate = sums.conversion_rate
    return {
        "leads": sums.assigned,
        "conversion": None if rate is None else 100 * rate,
        "revenue": sums.revenue,
        "response": sums.mean_hours,
        "responseMedian": sums.percentile_hours(Fraction(1, 2)),
        "satisfaction": sums.satisfaction,
    }


def details(sides: tuple[Sums, Sums] | None, *, is_partial: bool) -> dict[str, dict[str, Any]]:
    """Entries of trendDetails but the rank's, from the current side and the previous one; there are
    none without a complete day."""
    if sides is None:
        nothing = detail(None, None, None, None, "no_complete_day")
        return {name: dict(nothing) for name, _, _, _ in TRENDS}
    current, previous = sides
    now, before = measures(current), measures(previous)
    found = {}
    for name, _, places, is_lower_better in TRENDS:
        value, earlier = now[name], before[name]
        change, reason = trend(value, earlier)
        if is_partial:
            change, reason = None, "partial_history"
        elif name == "conversion" and not (current.is_mostly_dated and previous.is_mostly_dated):
            change, reason = None, "undated"
        points = None
        if name == "conversion" and value is not None and earlier is not None:
            points = None if reason in ("partial_history", "undated") else value - earlier
        found[name] = detail(
            served(value, places),
            served(earlier, places),
            served(change, 1),
            served(points, 1),
            reason,
            is_lower_better=is_lower_better,
        )
    return found


def rank_detail(rank: int | None, previous: int | None, reason: str | None) -> dict[str, Any]:
    """The rank's entry of trendDetails: places moved up; `reason` where none can be."""
    change = previous - rank if rank is not None and previous is not None else None
    if reason is None and change is None:
        reason = "no_data"
    return detail(rank, previous, change, None, reason, unit="places")


def detail(
    current: Any,
    previous: Any,
    change: Any,
    points: Any,
    reason: str | None,
    *,
    unit: str = "pct",
    is_lower_better: bool = False,
) -> dict[str, Any]:
    """One entry of trendDetails; the change that is served decides whether it is better."""
    return {
        "current": current,
        "previous": previous,
        "change": change,
        "unit": unit,
        "points": points,
        "better": (change < 0) == is_lower_better if change else None,
        "reason": reason,
    }
