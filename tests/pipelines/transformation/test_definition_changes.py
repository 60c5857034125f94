"""A changed definition recomputes all history, and restates published numbers."""

import dataclasses
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.support.crm.operational_tables import rows
from tests.support.pipeline import Pipeline, metadata
from tests.support.servers.api_server import serving, settings
from tests.support.warehouse_state import empty, state

pytest_plugins = ("tests.support.fixtures.refreshed_small", "tests.support.fixtures.project_copy")
RESTATEMENTS = (
    "select agent_id, date, measure, old_value, new_value, cause"
    " from serving.restatements order by agent_id, date, measure"
)


def assert_equals_a_clean_build(pipeline: Pipeline) -> None:
    before = state(pipeline)
    empty(pipeline.databases)
    pipeline.refreshed()
    assert state(pipeline) == before


def test_other_converted_dispositions_recompute_all_history(
    small_pipeline: Pipeline, project: Path, tmp_path: Path
) -> None:
    pipeline = dataclasses.replace(small_pipeline, home=tmp_path / "home")
    project_file = project / "dbt_project.yml"
    text = project_file.read_text()
    project_file.write_text(text.replace("closed_won, sold]", "closed_won, sold, lost]"))
    assert project_file.read_text() != text

    marts = metadata(pipeline.refreshed(), "marts/agent_kpis")

    assert (marts["scope"], marts["reason"]) == ("full", "definitions changed")
    # L06 and L10, the two that were lost.
    assert rows(pipeline.databases.warehouse, RESTATEMENTS) == [
        ("ana", date(2024, 1, 1), "leads_converted", 0, 1, "definition"),
        ("ana", date(2024, 1, 1), "leads_interested", 0, 1, "definition"),
        ("cem", date(2024, 2, 13), "leads_converted", 0, 1, "definition"),
        ("cem", date(2024, 2, 13), "leads_interested", 0, 1, "definition"),
    ]
    with serving(settings(), pipeline.databases) as api:
        served = api.get("/agent/analytics/restatements", "ana").json()["restatements"]
    # One line for the build.
    assert [
        (row["date"], row["measure"], row["old"], row["new"], row["changes"], row["cause"])
        for row in served
    ] == [(None, None, None, None, 2, "definition")]
    assert_equals_a_clean_build(pipeline)


def test_ranks_that_are_not_served_are_in_no_answer(
    small_pipeline: Pipeline, project: Path, tmp_path: Path
) -> None:
    pipeline = dataclasses.replace(small_pipeline, home=tmp_path / "home")
    project_file = project / "dbt_project.yml"
    text = project_file.read_text()
    text = text.replace("min_leads_to_rank: 5", "min_leads_to_rank: 1")
    project_file.write_text(text)
    pipeline.refreshed()
    with serving(settings(), pipeline.databases) as api:
        ranking = api.get("/agent/analytics/ranking", "ana").json()
        assert ranking["rank"] == 1
        assert (ranking["rankRange"] is None) == (ranking["totalAgents"] < 5)
    project_file.write_text(text.replace("is_ranking_served: true", "is_ranking_served: false"))
    pipeline.refreshed()
    with serving(settings(), pipeline.databases) as api:
        ranking = api.get("/agent/analytics/ranking", "ana").json()
        kpis = api.get("/agent/analytics/kpis", "ana").json()
    assert [ranking[name] for name in ("rank", "totalAgents", "score", "reason")] == [
        None,
        0,
        None,
        "not_served",
    ]
    assert ranking["rankRange"] is None
    assert set(ranking["components"].values()) == set(ranking["oneMore"].values()) == {None}
    assert kpis["kpis"]["teamRanking"] is None
    assert kpis["trendDetails"]["ranking"]["current"] is None


def test_another_time_zone_recomputes_all_history(small_pipeline: Pipeline, tmp_path: Path) -> None:
    moved = dataclasses.replace(
        small_pipeline, home=tmp_path / "home", time_zone="Pacific/Auckland"
    )

    marts = metadata(moved.refreshed(), "marts/agent_kpis")

    assert (marts["scope"], marts["reason"]) == ("full", "definitions changed")
    restated = rows(moved.databases.warehouse, RESTATEMENTS)
    assert Counter(row[-1] for row in restated) == {"definition": len(restated)}
    # The sale of the 27th, 15:00 UTC, is one of the 28th there.
    assert [row[1:5] for row in restated if row[0] == "ana" and row[2] == "revenue_generated"][
        -2:
    ] == [
        (date(2024, 2, 27), "revenue_generated", Decimal("1000.50"), 0),
        (date(2024, 2, 28), "revenue_generated", 0, Decimal("1000.50")),
    ]
    assert_equals_a_clean_build(moved)
