"""Metric tables and lists as lines of Markdown."""

from collections.abc import Iterator

import polars as pl

from config.periods import Periods

HEADER = ("field", "meaning", "unit", "better", "formula", "rounding")


def metric_tables(definitions: pl.DataFrame) -> Iterator[str]:
    """Gives a table of fields per route."""
    ordered = definitions.sort("route", "position")
    for (route,), rows in ordered.group_by("route", maintain_order=True):
        yield from ("", f"## {route}", "", f"| {' | '.join(HEADER)} |", f"|{'---|' * len(HEADER)}")
        for row in rows.to_dicts():
            cells = (
                f"`{row['field']}`",
                row["text"],
                row["unit"],
                row["better"] or "",
                row["formula"],
                row["rounding"],
            )
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def date_ranges(periods: Periods) -> Iterator[str]:
    """The names of the periods, in words."""
    names = [
        f"{name} (where it is left out)" if name == periods.default else name
        for name in periods.date_ranges
    ]
    yield " or ".join(", ".join(names).rsplit(", ", 1))
