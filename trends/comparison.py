"""Comparison of two spans of dates: the trend of each key figure, in exact arithmetic.

The same formulas as in `pipelines.insights.formulas.trends`, which has polars expressions over many
agents; a property test holds both equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor

from trends.metrics import (
    DAY_COUNT,
    LEVEL,
    MAX_UNDATED_PCT,
    MIN_EXPECTED,
    MOMENTS,
    NO_COMPLETE_DAY,
    NO_DATA,
    PARTIAL_HISTORY,
    PREVIOUS_ZERO,
    TRENDS,
    UNDATED,
    Moments,
    Trend,
)
from trends.significance import Sample, holm, two_sample_z, two_sided_p

Sums = Mapping[str, int | float | Decimal | None]
"""Sums of a span by the names in `metrics`, and `undated_count`."""

SIDES = ("current", "previous")


@dataclass(frozen=True)
class Comparison:
    """The first `day_count` dates of a period, and as many of the earlier one.

    `is_partial_history`: the earlier dates begin before those that are known.
    """

    day_count: int
    is_partial_history: bool
    current: Sums
    previous: Sums


@dataclass(frozen=True)
class Change:
    """Both sides and the change of one key figure, rounded as they are served."""

    current: Decimal | None
    previous: Decimal | None
    change: Decimal | None
    points: Decimal | None
    better: bool | None
    reason: str | None
    is_notable: bool = False


def changes(comparison: Comparison) -> dict[str, Change]:
    """The change of each key figure, by metric in the order of TRENDS."""
    found = {trend.metric: _change(trend, comparison) for trend in TRENDS}
    notable = _notable(comparison, found)
    return {
        metric: replace(change, is_notable=metric in notable) for metric, change in found.items()
    }


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Rounded half away from zero, without negative zero."""
    units = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Decimal(-units if value < 0 else units).scaleb(-decimals)


def percent_change(
    current: Fraction | None, previous: Fraction | None
) -> tuple[Decimal | None, str | None]:
    """Change in percent of |previous| with 1 decimal, and the reason where there is none."""
    if current is None or previous is None:
        return None, NO_DATA
    if previous == 0:
        return (Decimal("0.0"), None) if current == 0 else (None, PREVIOUS_ZERO)
    return rounded(100 * (current - previous) / abs(previous), 1), None


def _change(trend: Trend, comparison: Comparison) -> Change:
    current, previous = (_value(trend, comparison, side) for side in SIDES)
    change, reason = percent_change(current, previous)
    incomparable = _incomparable(trend, comparison)
    points = None
    if incomparable:
        change, reason = None, incomparable
    elif trend.is_rate and current is not None and previous is not None:
        points = rounded(100 * (current - previous), 1)
    return Change(
        _served(trend, current),
        _served(trend, previous),
        change,
        points,
        (change > 0) is trend.is_higher_better if change else None,
        reason,
    )


def _value(trend: Trend, comparison: Comparison, side: str) -> Fraction | None:
    """The key figure of one side, undefined without a complete day."""
    sums: Sums = getattr(comparison, side)
    numerator = sums[trend.numerator] if comparison.day_count > 0 else None
    denominator = 1 if trend.denominator is None else sums[trend.denominator]
    return (
        Fraction(numerator) / Fraction(denominator)
        if numerator is not None and denominator
        else None
    )


def _incomparable(trend: Trend, comparison: Comparison) -> str | None:
    """The reason why no change of the key figure can be given, whatever its sides."""
    if comparison.day_count == 0:
        return NO_COMPLETE_DAY
    if comparison.is_partial_history:
        return PARTIAL_HISTORY
    is_undated = any(
        100 * _number(sums, "undated_count") > MAX_UNDATED_PCT * _number(sums, "leads_converted")
        for sums in (comparison.current, comparison.previous)
    )
    return UNDATED if trend.metric == "conversion" and is_undated else None


def _served(trend: Trend, value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return rounded(100 * value if trend.is_rate else value, trend.places)


def _notable(comparison: Comparison, found: Mapping[str, Change]) -> set[str]:
    """Metrics whose change is more than chance, over all metrics that can be tested.

    The tested statistic must move in the direction of the change that is served: a mean of hours
    can rise while the mean of their logarithms falls.
    """
    z = {
        metric: _z(MOMENTS[metric], comparison)
        for metric, change in found.items()
        if metric in MOMENTS
        and change.reason in (None, PREVIOUS_ZERO)
        and change.current is not None
        and change.previous is not None
    }
    adjusted = holm({metric: two_sided_p(value or 0.0) for metric, value in z.items()})
    return {
        metric
        for metric, value in z.items()
        if value is not None
        and adjusted[metric] <= LEVEL
        and _sign(value) == _direction(metric, found[metric], comparison)
    }


def _direction(metric: str, change: Change, comparison: Comparison) -> int:
    """Of the change; from 0 there is no percentage, but a direction, that of the exact value."""
    if change.change is not None:
        return _sign(change.change)
    [trend] = (trend for trend in TRENDS if trend.metric == metric)
    return _sign(_value(trend, comparison, "current") or 0)


def _sign(value: float | Decimal | Fraction) -> int:
    return (value > 0) - (value < 0)


def _z(moments: Moments, comparison: Comparison) -> float | None:
    """Difference in standard deviations; None where it cannot be tested."""
    current, previous = (
        Sample(
            float(comparison.day_count)
            if moments.count == DAY_COUNT
            else float(_number(sums, moments.count)),
            float(_number(sums, moments.total)),
            float(_number(sums, moments.squares)),
        )
        for sums in (comparison.current, comparison.previous)
    )
    z = two_sample_z(current, previous)
    if z is None or not moments.is_share:
        return z
    share = (current.total + previous.total) / (current.size + previous.size)
    least = min(current.size, previous.size)
    is_large = least * share >= MIN_EXPECTED and least * (1 - share) >= MIN_EXPECTED
    return z if is_large else None


def _number(sums: Sums, name: str) -> int | float | Decimal:
    return sums[name] or 0
