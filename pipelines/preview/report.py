"""Report of a dry run or metric diff: tables for a terminal, Markdown for a review."""

from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table

from pipelines.preview.diff import MeasureChange, RankChange, ServingDiff

MEASURE = ("Measure", "Rows", "Agents", "Furthest", "From", "To")
RANK = ("Rank in", "Agents that move", "Enter", "Fall out", "Furthest", "From", "To")


def print_changes(changes: ServingDiff) -> None:
    """Prints to standard output, with a heading per served table."""
    console = Console(highlight=False)
    for line in summary(changes):
        console.print(line, soft_wrap=True)
    if changes.measures:
        table = _table(MEASURE)
        for name, measures in groupby(changes.measures, lambda change: change.table):
            table.add_section()
            table.add_row(name)
            for change in measures:
                for first, *rest in _measure(change):
                    table.add_row(f"  {first}", *rest)
        console.print(table)
    if changes.ranks:
        table = _table(RANK)
        for rank in changes.ranks:
            table.add_row(*_rank(rank))
        console.print(table)


def markdown(changes: ServingDiff) -> str:
    """Returns the same report as Markdown."""
    parts = ["\n".join(f"* {line}" for line in summary(changes))]
    if changes.measures:
        rows = [(change.table, *row) for change in changes.measures for row in _measure(change)]
        parts.append(_markdown_table([("Table", *MEASURE), *rows]))
    if changes.ranks:
        parts.append(_markdown_table([RANK, *map(_rank, changes.ranks)]))
    return "\n\n".join(parts)


def summary(changes: ServingDiff) -> list[str]:
    """Returns lines that say what was compared and how much would change."""
    against = (
        "nothing is published yet"
        if changes.published_build_id is None
        else f"against build {changes.published_build_id} as of {changes.published_as_of}"
    )
    definitions = "changed" if changes.is_redefined else "as published"
    loaded = (
        f"includes {changes.agent_days_loaded:,} agent-days of loads that are not published yet"
    )
    return [
        f"as of {changes.as_of}, {against}; definitions {definitions}",
        f"would change: {changes.agents:,} agents, {changes.agent_days:,} agent-days,"
        f" {changes.restated:,} published numbers of closed days"
        if changes.measures
        else "nothing would change",
        *([loaded] if changes.agent_days_loaded else []),
    ]


def _measure(change: MeasureChange) -> list[tuple[str, ...]]:
    """Returns a line per move; the first has the counts."""
    counted = change.measure, f"{change.rows:,}", f"{change.agents:,}"
    return [
        (
            *(("", "", "") if place else counted),
            " ".join(map(str, [move.agent_id, *move.row_key])),
            _value(move.old),
            _value(move.new),
        )
        for place, move in enumerate(change.moves)
    ]


def _rank(change: RankChange) -> tuple[str, ...]:
    furthest = change.furthest or {}
    return (
        change.date_range,
        *(f"{count:,}" for count in (change.moved, change.entered, change.fallen_out)),
        *(_value(furthest.get(name)) for name in ("agent_id", "old_rank", "new_rank")),
    )


def _value(value: object) -> str:
    return "-" if value is None else str(value)


def _table(head: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE)
    for name in head:
        is_text = name in (head[0], "Furthest")
        table.add_column(
            name,
            justify="left" if is_text else "right",
            no_wrap=name == head[0],
            overflow="fold",
        )
    return table


def _markdown_table(rows: list[tuple[str, ...]]) -> str:
    lines = [rows[0], tuple("---" for _ in rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
