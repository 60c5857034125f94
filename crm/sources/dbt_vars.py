"""The vars of the dbt project, with what `crm_mapping.toml` says of the CRM's words instead."""

import csv
from typing import Any

import yaml

from config import paths
from crm.sources.mapping import LeadsMapping


def dbt_vars(mapping: LeadsMapping) -> dict[str, Any]:
    """Every var that a build of the pipeline begins with."""
    project = yaml.safe_load((paths.DBT_PROJECT / "dbt_project.yml").read_text())
    return {**project["vars"], **mapped_dbt_vars(mapping)}


def mapped_dbt_vars(mapping: LeadsMapping) -> dict[str, Any]:
    """Those that the mapping file sets."""
    variables: dict[str, Any] = {}
    if mapping.dispositions is not None:
        variables["converted_dispositions"] = list(mapping.dispositions)
    if mapping.sources:
        variables["source_names"] = dict(mapping.sources)
    return variables


def merged_sources(mapping: LeadsMapping) -> dict[str, str]:
    """Spellings and what agents see instead: of the seed, and before it of the mapping file."""
    with (paths.DBT_PROJECT / "seeds" / "source_names.csv").open(newline="") as file:
        seed = {row["from"]: row["to"] for row in csv.DictReader(file)}
    return seed | dict(mapping.sources)
