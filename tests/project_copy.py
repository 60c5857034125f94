"""A dbt project to change, in place of the pipeline's; named in `pytest_plugins`."""

import shutil
from pathlib import Path

import pytest

from pipelines.dbt_project import PROJECT


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the dbt project that the pipeline runs instead, for an analyst to change."""
    copy = tmp_path / "dbt_project"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("target", "logs"))
    monkeypatch.setattr("pipelines.dbt_project.PROJECT", copy)
    return copy
