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

    Raises DefinitionError where a field names a column that no model has.
    """
    columns = {
        f"{node['name']}.{name}": column["description"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for name, column in node["columns"].items()
    }
    rows = [
        {
            "position": position,
            "route": exposure["config"]["meta"]["route"],
            "field": definition["field"],
            "text": _text(definition, columns),
            "unit": definition["unit"],
            "better": definition["better"],
            "formula": definition["formula"],
            "rounding": _rounding(definition["decimals"]),
        }
        for exposure in manifest["exposures"].values()
        for position, definition in enumerate(exposure["config"]["meta"]["fields"])
    ]
    return pl.DataFrame(rows, COLUMNS)


def _text(definition: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    if "text" in definition:
        return str(definition["text"])
    if definition["column"] not in columns:
        raise DefinitionError(
            f"exposures.yml: {definition['field']} names {definition['column']}, which is no column"
        )
    return columns[definition["column"]]


def _rounding(decimals: int | str) -> str:
    if isinstance(decimals, str):
        return decimals
    if decimals == 0:
        return "whole number"
    return f"{decimals} decimal{'s' if decimals > 1 else ''}, half away from zero"
