"""Interleaved measurements: a variant and its limit in turns, so that a busy minute hits both."""

import statistics
import time
from collections.abc import Callable

from benchmarks.harness.figures import Figure
from benchmarks.harness.sizes import Size


def seconds(action: Callable[[], object]) -> float:
    began = time.monotonic()
    action()
    return time.monotonic() - began


def paired(
    what: str,
    size: Size,
    measured: Callable[[], float],
    limit_name: str,
    limit: Callable[[], float],
    *,
    at_most: float,
    note: str = "",
) -> Figure:
    """Measures both in turns; returns their medians, with a goal for the ratio."""
    samples: list[float] = []
    limits: list[float] = []
    for _ in range(size.repeats):
        limits.append(limit())
        samples.append(measured())
    return against(what, size, samples, limit_name, limits, at_most=at_most, note=note)


def against(
    what: str,
    size: Size,
    samples: list[float],
    limit_name: str,
    limits: list[float],
    *,
    at_most: float | None,
    note: str = "",
) -> Figure:
    """Returns the figure of existing samples."""
    value, limit = statistics.median(samples), statistics.median(limits)
    ratio = value / limit
    return Figure(
        what,
        size.name,
        value,
        "s",
        limit_name,
        limit,
        ratio,
        "reported" if at_most is None else f"at most {at_most:g} x",
        ratio <= at_most if at_most is not None and size.has_goals else None,
        samples,
        limits,
        note,
    )
