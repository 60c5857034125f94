"""An analyst adds a measure as two files and a name in a list, and agents are served it."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.dbt_project import manifest_path
from pipelines.publishing.metric_catalogue import DefinitionError
from pipelines.publishing.metric_definitions import metric_definitions
from tests.support.dry_runs import metric_diff_of, moves, settings_of
from tests.support.pipeline import Pipeline, metadata
from tests.support.servers.api_server import serving, settings

pytest_plugins = ("tests.support.fixtures.refreshed_small", "tests.support.fixtures.project_copy")

MODEL = """
select
    agent_id,
    date_range,
    {{ pct('rank - 1', 'total_agents') }} as value
from {{ ref('agent_team_ranking') }}
"""
DEFINITION = """
version: 2
models:
  - name: agents_ahead_pct
    description: "One row per agent and period; null without a rank."
    config:
      meta:
        measure: {unit: percent, better: lower, formula: "100 * (rank - 1) / agents", decimals: 1}
    columns:
      - {name: agent_id, description: "The agent."}
      - {name: date_range, description: "Name of the period."}
      - {name: value, description: "Share of the ranked agents who are ahead."}
"""


def add_measure(project: Path, *, is_listed: bool = True, definition: str = DEFINITION) -> None:
    (project / "models" / "measures" / "agents_ahead_pct.sql").write_text(MODEL)
    (project / "models" / "measures" / "agents_ahead_pct.yml").write_text(definition)
    if is_listed:
        file = project / "dbt_project.yml"
        text = file.read_text().replace("min_leads_to_rank: 5", "min_leads_to_rank: 1")
        file.write_text(
            text.replace("[revenue_per_conversion]", "[revenue_per_conversion, agents_ahead_pct]")
        )
        assert file.read_text() != text


def served(pipeline: Pipeline, agent: str) -> list[dict[str, Any]]:
    with serving(settings(), pipeline.databases) as api:
        body = api.get("/agent/analytics/measures?dateRange=30", agent).json()
    return list(body["measures"])


def test_the_measure_that_comes_along_is_served(small_pipeline: Pipeline) -> None:
    [measure] = served(small_pipeline, "ana")
    assert measure["measure"] == "revenue_per_conversion"
    with serving(settings(), small_pipeline.databases) as api:
        revenue = api.get("/agent/analytics/kpis?dateRange=30", "ana").json()["kpis"][
            "totalRevenue"
        ]
        sales = api.get("/agent/analytics/records?dateRange=30&metric=revenue", "ana").json()
    booked = [sale for sale in sales["records"] if sale["revenue"] >= 0]
    assert booked
    assert Decimal(str(measure["value"])) == round(Decimal(str(revenue)) / len(booked), 2)


def test_a_measure_of_two_files_is_previewed_before_and_served_after_the_refresh(
    small_pipeline: Pipeline, project: Path, tmp_path: Path
) -> None:
    pipeline = dataclasses.replace(small_pipeline, home=tmp_path / "home")
    add_measure(project)

    changes = moves(metric_diff_of(pipeline), "agent_measures")
    assert changes["value"][1] == 4, "ana, ben, cem and dot are ranked"
    assert [each["measure"] for each in served(pipeline, "ana")] == ["revenue_per_conversion"]

    assert metadata(pipeline.refreshed(), "marts/agent_kpis")["scope"] == "full"
    with serving(settings(), pipeline.databases) as api:
        for agent in ("ana", "ben", "cem", "dot"):
            ranking = api.get("/agent/analytics/ranking?dateRange=30", agent).json()
            measure = served(pipeline, agent)[1]
            assert measure == {
                "measure": "agents_ahead_pct",
                "value": (ranking["rank"] - 1) * 100 / 4,
                "text": "Share of the ranked agents who are ahead.",
                "unit": "percent",
                "better": "lower",
            }
        [definition] = [
            each
            for each in api.get("/agent/analytics/metrics", "ana").json()["metrics"]
            if each["field"] == "measures[agents_ahead_pct].value"
        ]
    assert definition["formula"] == "100 * (rank - 1) / agents"
    assert definition["rounding"] == "1 decimal, half away from zero"


@pytest.mark.parametrize(
    ("is_listed", "definition", "reason"),
    [
        (False, DEFINITION, "agents_ahead_pct.sql is not served: name it in the var measures"),
        (
            True,
            DEFINITION.replace("unit: percent, ", ""),
            "agents_ahead_pct.sql: meta.measure lacks unit",
        ),
        (True, DEFINITION.replace("measure: {", "other: {"), "its .yml lacks meta.measure"),
        (
            True,
            DEFINITION.replace("name: value", "name: vlaue"),
            "lacks a description of the column value",
        ),
    ],
)
def test_an_incomplete_measure_is_rejected_by_name(
    small_pipeline: Pipeline,
    project: Path,
    tmp_path: Path,
    is_listed: bool,
    definition: str,
    reason: str,
) -> None:
    add_measure(project, is_listed=is_listed, definition=definition)
    own = dataclasses.replace(small_pipeline, home=tmp_path / "home")
    manifest = json.loads(manifest_path(settings_of(own)).read_text())
    with pytest.raises(DefinitionError, match=reason):
        metric_definitions(manifest)
