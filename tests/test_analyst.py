"""An analyst builds the dbt project alone; what the pipeline serves stays right."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.csv_import import import_directory
from pipelines.dbt_runs import PROJECT
from tests import small_expected
from tests.pipeline import Pipeline, contents, metadata
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

DBT = [str(Path(sys.executable).with_name("dbt")), "build", "--no-use-colors"]


def test_dbt_builds_alone_with_one_setting(
    databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    import_directory(databases.operational, small_expected.DIRECTORY, LeadsMapping())
    pipeline = Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)
    pipeline.refreshed()
    before = contents(databases.warehouse, without=frozenset({"created_at"}))

    target = str(tmp_path / "target")
    built = subprocess.run(
        [*DBT, "--target-path", target, "--log-path", target],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "WAREHOUSE_DATABASE_URL": databases.warehouse,
            "ANALYTICS_AS_OF": small_expected.AS_OF.isoformat(),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.returncode == 0, built.stdout
    assert "ERROR=0" in built.stdout
    assert "unit_test" in built.stdout or "unit test" in built.stdout
    after = contents(databases.warehouse, without=frozenset({"created_at"}))
    assert [name for name in before if before[name] != after[name]] == ["insights.marts_state"]
    assert metadata(pipeline.refreshed(), "marts/agent_kpis")["mode"] == "whole"
