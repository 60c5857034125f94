"""Definitions of every served number, as `GET /agent/analytics/metrics` returns them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.publishing.metric_catalogue import Catalogue, DefinitionError

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
ROUTES = "/agent/analytics/"
MEASURES_ROUTE = f"{ROUTES}measures"
PARTS = {"unit", "better", "formula", "decimals"}


def metric_definitions(manifest: Mapping[str, Any]) -> pl.DataFrame:
    """One row per route and field; columns COLUMNS, `position` orders the fields of a route.

    Lists numbers in columns of marts first, then those without a column, which exposures define,
    then the measures. Ignores exposures without a route. Raises DefinitionError if a field is
    defined twice or incomplete, or a measure is not served.
    """
    rows = [
        *_of_columns(Catalogue.of(manifest)),
        *_of_exposures(manifest["exposures"].values()),
        *_measures(manifest),
    ]
    defined = pl.DataFrame(
        [{"position": position, **row} for position, row in enumerate(rows)], COLUMNS
    )
    duplicates = defined.filter(defined.select("route", "field").is_duplicated())
    if len(duplicates):
        raise DefinitionError(
            f"{duplicates['route'][0]}: {duplicates['field'][0]} is defined twice"
        )
    return defined


def _of_columns(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for mart in catalogue.marts.values():
        for column in mart.served_columns:
            for route, path in column.meta.fields.items():
                yield {
                    "route": f"{ROUTES}{route}",
                    "field": path,
                    "text": column.meta.text or column.description,
                    "unit": column.meta.unit,
                    "better": column.meta.better,
                    "formula": mart.formula(column),
                    "rounding": _rounding(column.decimals),
                }


def _of_exposures(exposures: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for exposure in exposures:
        meta = exposure["config"]["meta"]
        for definition in meta.get("fields", []) if "route" in meta else []:
            name = definition.get("field", meta["route"])
            _reject_missing("exposures.yml", name, {"field", "text"}, definition)
            yield {
                "route": meta["route"],
                "field": name,
                "text": definition["text"],
                **_parts("exposures.yml", name, definition),
            }


def _measures(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns a row per model that `agent_measures` reads, in its order."""
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
            "route": MEASURES_ROUTE,
            "field": f"measures[{model['name']}].value",
            "text": _value_text(model),
            **_parts(
                model["original_file_path"], "meta.measure", model["config"]["meta"]["measure"]
            ),
        }
        for model in served
    ]


def _value_text(model: Mapping[str, Any]) -> str:
    """Returns the description; raises DefinitionError if it or `meta.measure` is missing."""
    text = model["columns"].get("value", {}).get("description")
    if not text or "measure" not in model["config"]["meta"]:
        raise DefinitionError(
            f"{model['original_file_path']}: its .yml lacks"
            f" {'meta.measure' if text else 'a description of the column value'}"
        )
    return str(text)


def _parts(file: str, name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    _reject_missing(file, name, PARTS, definition)
    return {
        "unit": definition["unit"],
        "better": definition["better"],
        "formula": definition["formula"],
        "rounding": _rounding(definition["decimals"]),
    }


def _reject_missing(file: str, name: str, parts: set[str], definition: Mapping[str, Any]) -> None:
    missing = parts - definition.keys()
    if missing:
        raise DefinitionError(f"{file}: {name} lacks {', '.join(sorted(missing))}")


def _rounding(decimals: int | str) -> str:
    if isinstance(decimals, str):
        return decimals
    if decimals == 0:
        return "whole number"
    return f"{decimals} decimal{'s' if decimals > 1 else ''}, half away from zero"
