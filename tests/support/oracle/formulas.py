"""Rounding, ratios, percentiles and trends on exact fractions; no rows, no periods."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

Exact = Fraction | int | None


def half_away(value: Fraction) -> int:
    """The nearest integer; halves go away from zero."""
    doubled = 2 * abs(value)
    whole = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return whole if value >= 0 else -whole


def served(value: Exact, places: int) -> Any:
    if value is None:
        return None
    whole = half_away(Fraction(value) * 10**places)
    return whole if places == 0 else Decimal(whole).scaleb(-places)


def ratio(part: Fraction | int, whole: int) -> Fraction | None:
    return Fraction(part) / whole if whole else None


def percent(part: int, whole: int) -> Any:
    return served(ratio(100 * part, whole), 1)


def percentile(values: list[int], fraction: Fraction) -> Fraction | None:
    """Linear interpolation between the two values around the place `fraction * (n - 1)`."""
    if not values:
        return None
    ordered = sorted(values)
    place = fraction * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def trend(current: Exact, previous: Exact) -> tuple[Fraction | None, str | None]:
    """Change in percent, or the reason why there is none."""
    if current is None or previous is None:
        return None, "no_data"
    if previous == 0:
        return (Fraction(0), None) if current == 0 else (None, "previous_zero")
    return Fraction(100 * (current - previous)) / abs(Fraction(previous)), None
