"""Paths of the files that ship with the packages: the dbt project and Dagster's instance file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DBT_PROJECT = ROOT / "dbt_project"
DAGSTER_YAML = ROOT / "dagster.yaml"
