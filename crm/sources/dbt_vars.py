"""Vars of the dbt project, overridden by the words in `crm_mapping.toml`."""

import csv
from typing import Any

import yaml

from config import paths
from crm.sources.mapping import LeadsMapping


def dbt_vars(mapping: LeadsMapping) -> dict[str, Any]:
    """Return every var of a build: the project's defaults and the mapping's overrides."""
    project = yaml.safe_load((paths.DBT_PROJECT / "dbt_project.yml").read_text())
    return {**project["vars"], **mapped_dbt_vars(mapping)}


def mapped_dbt_vars(mapping: LeadsMapping) -> dict[str, Any]:
    """Return the vars that the mapping sets."""
    variables: dict[str, Any] = {}
    if mapping.converted is not None:
        variables["converted_dispositions"] = list(mapping.converted)
    if mapping.closed is not None:
        variables["closed_dispositions"] = list(mapping.closed)
    if mapping.sources:
        variables["source_names"] = dict(mapping.sources)
    return variables


def converted_words(mapping: LeadsMapping) -> list[str]:
    """Dispositions of converted leads, as the mapping file or else the dbt project names them."""
    words: list[str] = dbt_vars(mapping)["converted_dispositions"]
    return words


def merged_sources(mapping: LeadsMapping) -> dict[str, str]:
    """Return spellings of sources and the names that agents see; the mapping overrides the seed."""
    with (paths.DBT_PROJECT / "seeds" / "source_names.csv").open(newline="") as file:
        seed = {row["from"]: row["to"] for row in csv.DictReader(file)}
    return seed | dict(mapping.sources)
