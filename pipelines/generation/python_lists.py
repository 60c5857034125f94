"""Lists of tables, trends and fields as lines of Python, as `ruff format` would write them."""

from collections.abc import Iterator

from pydantic.alias_generators import to_camel, to_snake

from pipelines.generation.api_fields import columns_of, trends_of
from pipelines.generation.sql_lists import KPIS, PLACES
from pipelines.publishing.metric_catalogue import Catalogue, Column, DefinitionError

# Of the limit in pyproject.toml, less an indent.
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
        arguments += ["None" if denominator is None else _text(denominator), _text(column.name)]
        if columns[numerator].scale:
            arguments.append(f"decimals={columns[numerator].scale}")
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


def example_fields(catalogue: Catalogue, mart: str, route: str, path: str) -> Iterator[str]:
    """The example of each field of an object of the API."""
    for name, column in columns_of(catalogue, mart, route, path):
        yield f"{_text(name)}: {_number(_example(column)[0], column.scale)},"


def example_changes(catalogue: Catalogue) -> Iterator[str]:
    """The change between the examples of each trend."""
    for name, _, column in trends_of(catalogue):
        yield f"{_text(name)}: {_change(column)},"


def example_trends(catalogue: Catalogue) -> Iterator[str]:
    """Both examples of each trend, and their change."""
    for name, _, column in trends_of(catalogue):
        now, before = _example(column)
        arguments = [_number(now, column.scale), _number(before, column.scale), _change(column)]
        if column.meta.unit == PLACES:
            arguments.append('unit="places"')
        if column.meta.unit == "percent" and before is not None:
            arguments.append(f"points={now - before:.1f}")
        if before is None:
            arguments.append('reason="no_data"')
        elif now != before:
            arguments.append(f"better={(now > before) == (column.meta.better == 'higher')}")
        yield f"{_text(name)}: _trend({', '.join(arguments)}),"


def _example(column: Column) -> tuple[float, float | None]:
    example = column.meta.example
    if example is None:
        raise DefinitionError(f"{column.name} is a key figure and lacks an example")
    return example if isinstance(example, tuple) else (example, None)


def _change(column: Column) -> str:
    now, before = _example(column)
    if before is None:
        return "None"
    if column.meta.unit == PLACES:
        return f"{before - now:.0f}"
    return f"{100 * (now - before) / abs(before):.1f}"


def _number(value: float | None, decimals: int) -> str:
    return "None" if value is None else f"{value:.{decimals}f}"


def _field(name: str, column: str, kind: str) -> str:
    if name.islower():
        return f"{name}: {kind}"
    for attribute in (column, to_snake(name)):
        if to_camel(attribute) == name:
            return f"{attribute}: {kind}"
    return f'{column}: {kind} = Field(alias="{name}")'


def _exact(column: Column) -> tuple[str, str | None]:
    """The columns whose ratio is the value before rounding; the first alone where it is that."""
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
