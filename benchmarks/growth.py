"""How the seconds of each step grow with the data: a table of the sizes that were measured."""

from collections.abc import Iterable

from benchmarks.figures import Figure
from benchmarks.sizes import SIZES

STEP = "step "


def chart(figures: Iterable[Figure]) -> str:
    """Seconds per step and size, and microseconds per lead: level where cost is linear."""
    seconds: dict[str, dict[str, float]] = {}
    for figure in figures:
        if figure.what.startswith(STEP):
            seconds.setdefault(figure.what.removeprefix(STEP), {})[figure.size] = figure.value
    if not seconds:
        return ""
    names = [name for name in SIZES if any(name in by_size for by_size in seconds.values())]
    head = ["step", *(f"{name}, s" for name in names), *(f"{name}, µs a lead" for name in names)]
    lines = ["\n## Growth\n", _row(head), _row(["---"] * len(head))]
    for step, by_size in seconds.items():
        took = [f"{by_size[name]:.1f}" if name in by_size else "" for name in names]
        each = [
            f"{1e6 * by_size[name] / SIZES[name].leads:.1f}" if name in by_size else ""
            for name in names
        ]
        lines.append(_row([step, *took, *each]))
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
