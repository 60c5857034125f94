"""Significance of a difference between two samples, from their counts, totals and squares.

`pipelines.insights.formulas.significance` has the same formulas as polars expressions.
"""

from collections.abc import Mapping, Sequence
from math import erfc, isfinite, sqrt
from typing import NamedTuple


class Sample(NamedTuple):
    size: float
    total: float
    squares: float


def two_sample_z(current: Sample, previous: Sample) -> float | None:
    """Difference of the means in standard deviations of the pooled scores.

    None where all scores are the same or a side is empty.
    """
    count, total = current.size + previous.size, current.total + previous.total
    if not (current.size > 0 and previous.size > 0) or count == 1:
        return None
    variance = (current.squares + previous.squares - total**2 / count) / (count - 1)
    squared_error = variance * (1 / current.size + 1 / previous.size)
    if not (squared_error > 0 and isfinite(squared_error)):
        return None
    difference = current.total / current.size - previous.total / previous.size
    return difference / sqrt(squared_error)


def two_sided_p(z: float) -> float:
    """Probability of a standard normal at least as far from 0 as `z`."""
    return erfc(abs(z) / sqrt(2))


def holm(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Each probability adjusted for the number of tests (Holm 1979)."""
    ordered: Sequence[str] = sorted(probabilities, key=lambda name: probabilities[name])
    adjusted, largest = {}, 0.0
    for place, name in enumerate(ordered):
        largest = max(largest, min((len(ordered) - place) * probabilities[name], 1.0))
        adjusted[name] = largest
    return adjusted
