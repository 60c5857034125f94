"""What every served number means, as the dbt project's exposures and measures say it."""

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
MEASURES_ROUTE = "/agent/analytics/measures"
PARTS = {"unit", "better", "formula", "decimals"}


class DefinitionError(ValueError):
    """A definition names what is not there; the message says which, in one line."""


def metric_definitions(manifest: Mapping[str, Any]) -> pl.DataFrame:
    """One row per route and field, in the order of the file; columns COLUMNS.

    An exposure without a route is somebody else's; a measure is defined beside its model. Raises
    DefinitionError where a field is there twice, lacks a part, or names a column that no model
    has, and where a measure is not served.
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
    rows += _measures(manifest)
    defined = pl.DataFrame(rows, COLUMNS)
    twice = defined.filter(defined.select("route", "field").is_duplicated())
    if len(twice):
        raise DefinitionError(f"exposures.yml: {twice['field'][0]} is defined twice")
    return defined


def _row(
    route: str, position: int, definition: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, Any]:
    _refuse_missing("exposures.yml", definition.get("field", route), {"field"}, definition)
    return {
        "position": position,
        "route": route,
        "field": definition["field"],
        "text": _text(definition, columns),
        **_parts("exposures.yml", definition["field"], definition),
    }


def _measures(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each model that `agent_measures` reads, in the order in which it reads them."""
    models = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["path"].startswith("measures/")
    }
    [mart] = [node for node in manifest["nodes"].values() if node["name"] == "agent_measures"]
    served = [models.pop(key) for key in mart["depends_on"]["nodes"] if key in models]
    for model in models.values():
        raise DefinitionError(
            f"{model['original_file_path']} is not served: name it in the var measures"
        )
    return [
        {
            "position": position,
            "route": MEASURES_ROUTE,
            "field": f"measures[{model['name']}].value",
            "text": _value_text(model),
            **_parts(
                model["original_file_path"], "meta.measure", model["config"]["meta"]["measure"]
            ),
        }
        for position, model in enumerate(served)
    ]


def _value_text(model: Mapping[str, Any]) -> str:
    """Raises DefinitionError where the model says nothing of its value, or defines no measure."""
    text = model["columns"].get("value", {}).get("description")
    if not text or "measure" not in model["config"]["meta"]:
        raise DefinitionError(
            f"{model['original_file_path']}: its .yml lacks"
            f" {'meta.measure' if text else 'a description of the column value'}"
        )
    return str(text)


def _parts(file: str, name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    _refuse_missing(file, name, PARTS, definition)
    return {
        "unit": definition["unit"],
        "better": definition["better"],
        "formula": definition["formula"],
        "rounding": _rounding(definition["decimals"]),
    }


def _refuse_missing(file: str, name: str, parts: set[str], definition: Mapping[str, Any]) -> None:
    missing = parts - definition.keys()
    if missing:
        raise DefinitionError(f"{file}: {name} lacks {', '.join(sorted(missing))}")


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
