"""An analyst works in the dbt project alone; what the pipeline serves stays right."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import yaml

from config.paths import DBT_PROJECT
from pipelines.dbt_project import connection_variables
from tests.support.oracle import small_expected
from tests.support.pipeline import Pipeline, contents, metadata

DBT = str(Path(sys.executable).with_name("dbt"))
pytest_plugins = ("tests.support.fixtures.refreshed_small",)
SOURCES = DBT_PROJECT / "models" / "staging" / "sources.yml"


def dbt(pipeline: Pipeline, target: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """dbt as the analyst runs it; the as-of date keeps the data in sight."""
    return subprocess.run(
        [DBT, *arguments, "--no-use-colors", "--target-path", target, "--log-path", target],
        cwd=DBT_PROJECT,
        env={
            "PATH": os.environ["PATH"],
            **connection_variables(pipeline.databases.warehouse),
            "ANALYTICS_AS_OF": small_expected.AS_OF.isoformat(),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_dbt_builds_alone(small_pipeline: Pipeline, tmp_path: Path) -> None:
    url = small_pipeline.databases.warehouse
    before = contents(url, without=frozenset({"created_at"}))

    built = dbt(small_pipeline, tmp_path, "build")

    assert built.returncode == 0, built.stdout
    assert "ERROR=0" in built.stdout
    assert "unit_test" in built.stdout or "unit test" in built.stdout
    after = contents(url, without=frozenset({"created_at"}))
    assert [name for name in before if before[name] != after[name]] == ["state.build_state"]
    assert metadata(small_pipeline.refreshed(), "marts/agent_kpis")["scope"] == "full"


def test_the_documentation_is_generated_without_a_warning(
    small_pipeline: Pipeline, tmp_path: Path
) -> None:
    generated = dbt(small_pipeline, tmp_path, "--log-format", "json", "docs", "generate")
    assert generated.returncode == 0, generated.stdout
    events = [json.loads(line) for line in generated.stdout.splitlines() if line.startswith("{")]
    assert events
    assert [
        line["info"]["msg"] for line in events if line["info"]["level"] in ("warn", "error")
    ] == []
    catalog = json.loads((tmp_path / "catalog.json").read_text())
    assert "model.agent_analytics.agent_kpis" in catalog["nodes"]
    assert catalog["errors"] is None


def freshness(pipeline: Pipeline, target: Path) -> dict[str, str]:
    """The state of each source table by its name."""
    dbt(pipeline, target, "source", "freshness")
    results = json.loads((target / "sources.json").read_text())["results"]
    return {result["unique_id"].rpartition(".")[2]: result["status"] for result in results}


def test_a_source_is_as_fresh_as_its_last_read(small_pipeline: Pipeline, tmp_path: Path) -> None:
    with psycopg.connect(small_pipeline.databases.warehouse, autocommit=True) as connection:
        # Read by a set-up that other tests share, however long ago.
        connection.execute("update state.source_watermarks set read_at = now()")
        passed = freshness(small_pipeline, tmp_path)
        connection.execute(
            "update state.source_watermarks set read_at = now() -"
            " case table_name when 'leads' then interval '1 hour' else interval '1 day' end"
        )
    assert passed == {"leads": "pass", "agent_activity_log": "pass"}
    assert freshness(small_pipeline, tmp_path) == {"leads": "warn", "agent_activity_log": "error"}


def test_every_column_of_the_sources_is_described(small_pipeline: Pipeline) -> None:
    sources = yaml.safe_load(SOURCES.read_text())["sources"]
    assert {source["name"] for source in sources} == {"raw", "state"}
    for schema, table in (
        (source["name"], table) for source in sources for table in source["tables"]
    ):
        described = {column["name"]: column["description"] for column in table["columns"]}
        assert all(described.values())
        with psycopg.connect(small_pipeline.databases.warehouse) as connection:
            query = (
                "select column_name from information_schema.columns"
                " where table_schema = %s and table_name = %s"
            )
            held: list[tuple[Any, ...]] = connection.execute(
                query, [schema, table["name"]]
            ).fetchall()
        assert {name for (name,) in held} == set(described), table["name"]
