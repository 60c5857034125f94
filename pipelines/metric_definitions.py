"""What every served number means, as the dbt project's exposures say it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

COLUMNS = {
    "position": pl.Int64,
    "route": pl.String,
    "field": pl.String,
    "text": pl.String,
    "unit": pl.String,
    "better": pl.String,
    "formula": pl.String,
    "rounding": pl.String,
}


class DefinitionError(ValueError):
    """A definition names what is not there; the message says which, in one line."""


def metric_definitions(manifest: Mapping[str, Any]) -> pl.DataFrame:
    """One row per route and field, in the order of the file; columns COLUMNS.

    An exposure without a route is somebody else's. Raises DefinitionError where a field is there
    twice, lacks a part, or names a column that no model has.
    """
    columns = {
        f"{node['name']}.{name}": column["description"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for name, column in node["columns"].items()
    }
    rows = [
        _row(exposure["config"]["meta"]["route"], position, definition, columns)
        for exposure in manifest["exposures"].values()
        if "route" in exposure["config"]["meta"]
        for position, definition in enumerate(exposure["config"]["meta"].get("fields", []))
    ]
    defined = pl.DataFrame(rows, COLUMNS)
    twice = defined.filter(defined.select("route", "field").is_duplicated())
    if len(twice):
        raise DefinitionError(f"exposures.yml: {twice['field'][0]} is defined twice")
    return defined


def _row(
    route: str, position: int, definition: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, Any]:
    missing = {"field", "unit", "better", "formula", "decimals"} - definition.keys()
    if missing:
        raise DefinitionError(
            f"exposures.yml: {definition.get('field', route)} lacks {', '.join(sorted(missing))}"
        )
    return {
        "position": position,
        "route": route,
        "field": definition["field"],
        "text": _text(definition, columns),
        "unit": definition["unit"],
        "better": definition["better"],
        "formula": definition["formula"],
        "rounding": _rounding(definition["decimals"]),
    }


def _text(definition: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    if "text" in definition:
        return str(definition["text"])
    column = str(definition.get("column"))
    if column not in columns:
        raise DefinitionError(
            f"exposures.yml: {definition['field']} names {column}, which is no column"
        )
    return columns[column]


def _rounding(decimals: int | str) -> str:
    if isinstance(decimals, str):
        return decimals
    if decimals == 0:
        return "whole number"
    return f"{decimals} decimal{'s' if decimals > 1 else ''}, half away from zero"
