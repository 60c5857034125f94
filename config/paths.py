"""Paths of files that ship beside the packages: SQL, dbt project, Dagster's instance file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DBT_PROJECT = ROOT / "dbt_project"
DAGSTER_YAML = ROOT / "dagster.yaml"
