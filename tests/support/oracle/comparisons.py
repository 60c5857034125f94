"""Trends of the key figures of one period, with the reason where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.oracle.formulas import served, trend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.oracle.measures import KeyFigure, Sums


def details(
    figures: Iterable[KeyFigure], sides: tuple[Sums, Sums] | None, *, is_partial: bool
) -> dict[str, dict[str, Any]]:
    """Entries of trendDetails but the rank's, from the current side and the previous one; there are
    none without a complete day."""
    trends = [figure for figure in figures if figure.trend]
    if sides is None:
        nothing = detail(None, None, None, None, "no_complete_day")
        return {str(figure.trend): dict(nothing) for figure in trends}
    current, previous = sides
    found = {}
    for figure in trends:
        value, earlier = figure.value(current), figure.value(previous)
        is_rate = figure.trend == "conversion"
        change, reason = trend(value, earlier)
        if is_partial:
            change, reason = None, "partial_history"
        elif is_rate and not (current.is_mostly_dated and previous.is_mostly_dated):
            change, reason = None, "undated"
        points = None
        if is_rate and value is not None and earlier is not None:
            points = None if reason in ("partial_history", "undated") else value - earlier
        found[str(figure.trend)] = detail(
            served(value, figure.decimals),
            served(earlier, figure.decimals),
            served(change, 1),
            served(points, 1),
            reason,
            is_lower_better=figure.is_lower_better,
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
