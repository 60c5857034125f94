"""Lists of tables, trends and fields as lines of Python, as `ruff format` would write them."""

from collections.abc import Iterator

from pydantic.alias_generators import to_camel, to_snake

from pipelines.generation.api_fields import columns_of, trends_of
from pipelines.generation.sql_lists import KPIS
from pipelines.publishing.metric_catalogue import Catalogue, Column

# The limit in pyproject.toml, less an indent.
LONGEST_LINE = 96


def serving_tables(catalogue: Catalogue) -> Iterator[str]:
    """A `ServingTable` of each served mart."""
    for mart in catalogue.marts.values():
        arguments = [_text(mart.name), f"[{', '.join(map(_text, mart.key))}]"]
        if mart.served.where != "true":
            arguments.append(f"condition={_text(mart.served.where)}")
        if mart.served.is_relative:
            arguments.append("is_relative=True")
        yield from _call("ServingTable", arguments)


def trends(catalogue: Catalogue) -> Iterator[str]:
    """A `Trend` of each key figure that has one."""
    columns = catalogue.marts[KPIS].columns
    for column in columns.values():
        if column.meta.trend is None:
            continue
        numerator, denominator = _exact(column)
        arguments = [_text(column.meta.trend), _text(numerator)]
        arguments.append("None" if denominator is None else _text(denominator))
        if columns[numerator].scale:
            arguments.append(f"decimals={columns[numerator].scale}")
        if column.decimals:
            arguments.append(f"places={column.decimals}")
        if column.meta.better == "lower":
            arguments.append("is_higher_better=False")
        if column.meta.unit == "percent":
            arguments.append("is_rate=True")
        yield from _call("Trend", arguments)


def fields(catalogue: Catalogue, mart: str, route: str, path: str) -> Iterator[str]:
    """The fields of a body's object that are columns of the mart."""
    for name, column in columns_of(catalogue, mart, route, path):
        kind = "Number" if column.scale else "int"
        yield _field(name, column.name, kind if column.is_required else f"{kind} | None")


def trend_fields(catalogue: Catalogue, *kind: str) -> Iterator[str]:
    """A field of each trend; `kind` in words, such as `Number | None`."""
    for name, _, _ in trends_of(catalogue):
        yield _field(name, to_snake(name), " ".join(kind))


def _field(name: str, column: str, kind: str) -> str:
    if name.islower():
        return f"{name}: {kind}"
    for attribute in (column, to_snake(name)):
        if to_camel(attribute) == name:
            return f"{attribute}: {kind}"
    return f'{column}: {kind} = Field(alias="{name}")'


def _exact(column: Column) -> tuple[str, str | None]:
    """Returns numerator and denominator of the value before rounding; None for no denominator."""
    period = column.of_period
    return period.ratio or (period.exact or column.name, None)


def _call(name: str, arguments: list[str]) -> Iterator[str]:
    line = f"{name}({', '.join(arguments)}),"
    if len(line) <= LONGEST_LINE:
        yield line
        return
    yield f"{name}("
    yield from (f"    {argument}," for argument in arguments)
    yield "),"


def _text(text: str) -> str:
    return f'"{text}"'
