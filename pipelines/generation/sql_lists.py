"""Lists of columns and measures as lines of SQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipelines.generation.api_fields import columns_of, trends_of
from pipelines.publishing.metric_catalogue import DAILY, Catalogue, Column

KPIS = "agent_kpis"


def served_tables(catalogue: Catalogue) -> Iterator[str]:
    """Gives `create table` of each served mart; `{schema}` is a placeholder."""
    for place, mart in enumerate(catalogue.marts.values()):
        if place:
            yield ""
        yield f"create table if not exists {{schema}}.{mart.name} ("
        for column in mart.served_columns:
            yield f"    {_declaration(column)},"
        yield f"    primary key ({', '.join(mart.key)})"
        yield ");"


def daily_sums(catalogue: Catalogue) -> Iterator[str]:
    """Gives the columns of the daily mart that add up over days, with 0 for null."""
    return _list(
        f"coalesce({column.name}, 0)::{_type(column)} as {column.name}"
        for column in _daily(catalogue)
    )


def summed_days(catalogue: Catalogue) -> Iterator[str]:
    """The same of those that a KPI sums up."""
    names = {column.of_period.sum for column in _kpis(catalogue)}
    return _list(
        f"coalesce({column.name}, 0)::{_type(column)} as {column.name}"
        for column in _daily(catalogue)
        if column.name in names
    )


def period_sums(catalogue: Catalogue, days: str) -> Iterator[str]:
    """The sums over the days of a period, from the relation `days`."""
    return _list(
        f"coalesce(sum({days}.{column.of_period.sum}), 0)::{_type(column)} as {column.name}"
        for column in _kpis(catalogue)
    )


def period_columns(catalogue: Catalogue, sums: str, prefix: str = "") -> Iterator[str]:
    """The columns of the KPIs that are sums, from the row `sums` with the daily columns' names."""
    return _list(
        f"coalesce({sums}.{column.of_period.sum}, 0)::{_type(column)} as {prefix}{column.name}"
        for column in _kpis(catalogue)
    )


def columns(catalogue: Catalogue, measures: str, relation: str) -> Iterator[str]:
    return _list(f"{relation}.{column.name}" for column in _of(catalogue, measures))


def sums(catalogue: Catalogue, measures: str) -> Iterator[str]:
    return _list(f"sum({column.name}) as {column.name}" for column in _of(catalogue, measures))


def compared(catalogue: Catalogue, measures: str, left: str, right: str) -> Iterator[str]:
    """Gives a row of name and both values per measure."""
    return _list(
        f"('{column.name}', {left}.{column.name}, {right}.{column.name})"
        for column in _of(catalogue, measures)
    )


def differing(catalogue: Catalogue, measures: str, left: str, right: str) -> Iterator[str]:
    """Further alternatives of a condition: a measure differs, where null is 0."""
    for column in _of(catalogue, measures):
        yield f"or coalesce({left}.{column.name}, 0) <> coalesce({right}.{column.name}, 0)"


def differing_now(catalogue: Catalogue, known: str, now: str, later: str) -> Iterator[str]:
    """Further alternatives of a condition: a sum of a period as of its date differs from that of
    its days as they are known now, without the leads of `later`, which has both sums as JSON."""
    for column in _kpis(catalogue):
        for sign, row, side in (("or", known, "known"), ("<>", now, "now")):
            yield f"{sign} coalesce({row}.{column.name}, 0)"
            yield f"- coalesce(({later}.{side} ->> '{column.of_period.sum}')::numeric, 0)"


def fields(catalogue: Catalogue, mart: str, route: str, path: str, relation: str) -> Iterator[str]:
    """Gives the columns of an API object, from an existing row of the mart."""
    return _list(
        f"{relation}.{column.name}{'' if name == column.name else f' as {_quoted(name)}'}"
        for name, column in columns_of(catalogue, mart, route, path)
    )


def fields_or_zero(
    catalogue: Catalogue, mart: str, route: str, path: str, relation: str
) -> Iterator[str]:
    """Gives the columns of an API object, with 0 for required ones if there is no row."""
    return _list(
        f"coalesce({relation}.{column.name}, {_zero(column)}) as {_quoted(name)}"
        if column.is_required
        else f"{relation}.{column.name} as {_quoted(name)}"
        for name, column in columns_of(catalogue, mart, route, path)
    )


def trend_rows(catalogue: Catalogue) -> Iterator[str]:
    """Gives a row of place and name of each KPI's trend, and of value and change without data."""
    return _list(
        f"({place}, '{name}', {f'{_zero(column)}, 0.0' if column.is_required else 'null, null'})"
        for place, (name, mart, column) in enumerate(trends_of(catalogue), 1)
        if mart.name == KPIS
    )


def _daily(catalogue: Catalogue) -> Iterator[Column]:
    return (column for column in catalogue.marts[DAILY].columns.values() if column.is_daily_sum)


def _kpis(catalogue: Catalogue) -> Iterator[Column]:
    return (column for column in catalogue.marts[KPIS].columns.values() if column.of_period.sum)


MEASURES: Mapping[str, Callable[[Catalogue], Iterable[Column]]] = {
    "daily": _daily,
    "served-daily": lambda catalogue: (
        column for column in _daily(catalogue) if column.meta.served
    ),
    "conserved": lambda catalogue: (
        column for column in _daily(catalogue) if column.meta.conserved
    ),
    "kpis": _kpis,
}


def _of(catalogue: Catalogue, measures: str) -> Iterable[Column]:
    return MEASURES[measures](catalogue)


def _declaration(column: Column) -> str:
    parts = [column.name, _type(column)]
    if column.is_required:
        parts.append("not null")
    checks = ["agent_id <> ''"] if column.name == "agent_id" else column.checks
    return " ".join([*parts, *(f"check ({check})" for check in checks)])


def _zero(column: Column) -> str:
    return f"{0:.{column.scale}f}"


def _quoted(name: str) -> str:
    return name if name.islower() else f'"{name}"'


def _type(column: Column) -> str:
    return column.type.replace(",", ", ")


def _list(items: Iterable[str]) -> Iterator[str]:
    *first, last = items
    yield from (f"{item}," for item in first)
    yield last
