"""Measured figures, written as a Markdown table and as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value and the limit or peer of the same run.

    `value` and `limit` are medians of their samples, in `unit`; `ratio` is value by limit. `goal`
    says what is wanted in words, `meets_goal` is None where something is only reported.
    """

    what: str
    size: str
    value: float
    unit: str
    limit_name: str | None = None
    limit: float | None = None
    ratio: float | None = None
    goal: str = ""
    meets_goal: bool | None = None
    samples: list[float] = field(default_factory=list)
    limit_samples: list[float] = field(default_factory=list)
    note: str = ""


HEADER = ("what", "size", "measured", "samples", "limit or peer, same run", "ratio", "goal", "met")


def table(figures: Iterable[Figure]) -> str:
    """Returns the figures as a Markdown table, with their notes below it."""
    figures = list(figures)
    rows = [HEADER, ("---",) * len(HEADER), *(_row(figure) for figure in figures)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    notes = [f"* {figure.what}, {figure.size}: {figure.note}" for figure in figures if figure.note]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def write_json(figures: Iterable[Figure], path: Path) -> None:
    """The figures with all their samples."""
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def read_json(path: Path) -> list[Figure]:
    """Reads the figures that `write_json` wrote."""
    return [Figure(**fields) for fields in json.loads(path.read_text())]


def _row(figure: Figure) -> tuple[str, ...]:
    limit = "" if figure.limit is None else f"{figure.limit_name}: {_number(figure.limit)}"
    met = {None: "reported", True: "yes", False: "**no**"}[figure.meets_goal]
    return (
        figure.what,
        figure.size,
        f"{_number(figure.value)} {figure.unit}",
        str(len(figure.samples)),
        limit or (figure.limit_name or ""),
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.goal,
        met,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
