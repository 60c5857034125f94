"""Growth of cost with the data: seconds of each step by size."""

from collections.abc import Iterable
from dataclasses import replace

from benchmarks.harness.deployment import Deployment
from benchmarks.harness.figures import Figure
from benchmarks.harness.interleaved import against
from benchmarks.harness.sizes import SIZES
from benchmarks.pipeline import refreshes

STEP = "step "
PLOTTED = (" of the first refresh", " of a small change")
SMALLER, LARGER = "M", "L"
# Fits into the disk space that L requires; its own data took 50 GiB.
SMALLER_ALONE = replace(SIZES[SMALLER], bytes=12 << 30)
MOST_GROWTH = 1.5
# Other agents than the refreshes of the same run have changed.
FIRST_CHANGE = 10
CHANGES = 3


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
    return "\n".join([*lines, *(line for name in PLOTTED for line in _plot(name, seconds))]) + "\n"


def compared_with_smaller(larger: Deployment, smaller: Deployment) -> Figure:
    """Small changes at both sizes in turns: they should take the same seconds.

    Each after a refresh that wrote little. `larger` has been refreshed before, `smaller` not.
    """
    smaller.refresh()
    for deployment in (larger, smaller):
        deployment.refresh()
    changes = range(FIRST_CHANGE, FIRST_CHANGE + CHANGES)
    took = [
        [refreshes.changed(deployment, number).seconds for deployment in (larger, smaller)]
        for number in changes
    ]
    return against(
        f"{refreshes.SMALL_CHANGE}, {LARGER} vs {SMALLER}",
        SIZES[LARGER],
        [at_larger for at_larger, _ in took],
        f"the same at {SMALLER}",
        [at_smaller for _, at_smaller in took],
        at_most=MOST_GROWTH,
    )


def _plot(of: str, seconds: dict[str, dict[str, float]]) -> list[str]:
    """A line for each step of one kind of refresh, over the sizes that were measured."""
    steps = {step: took for step, took in seconds.items() if step.endswith(of)}
    names = [name for name in SIZES if steps and all(name in took for took in steps.values())]
    if len(names) < 2:
        return []
    axis = ", ".join(f"{name} ({SIZES[name].leads // 1000}k leads)" for name in names)
    return [
        f"\nSeconds of each step{of}; the lines are, in this order: "
        + ", ".join(step.removesuffix(of) for step in steps)
        + ".\n",
        "```mermaid",
        "xychart-beta",
        f"    x-axis [{axis}]",
        '    y-axis "seconds"',
        *(
            f"    line [{', '.join(f'{took[name]:.1f}' for name in names)}]"
            for took in steps.values()
        ),
        "```",
    ]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
