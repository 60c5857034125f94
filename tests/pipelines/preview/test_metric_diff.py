"""A metric diff compares a changed definition with the served numbers before it is published."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config.user_error import UserError
from pipelines.preview.report import markdown
from tests.support.dry_runs import metric_diff_of
from tests.support.pipeline import Pipeline, contents
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.refreshed_small", "tests.support.fixtures.project_copy")
Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(project: Path) -> Edit:
    """Changes a file in a copy of the dbt project."""

    def change(file: str, old: str, new: str) -> None:
        text = (project / file).read_text()
        assert old in text
        (project / file).write_text(text.replace(old, new))

    return change


def test_a_changed_definition_is_compared_as_of_the_published_date(
    small_pipeline: Pipeline, edit: Edit
) -> None:
    url = small_pipeline.databases.warehouse
    with psycopg.connect(small_pipeline.databases.operational) as connection:
        connection.execute("update leads set source = 'not read' where id = 'L01'")
    before = contents(url)
    edit("dbt_project.yml", "min_leads_to_rank: 5", "min_leads_to_rank: 2")

    diff = metric_diff_of(replace(small_pipeline, as_of=None))

    assert contents(url) == before
    assert diff.changes.is_redefined
    assert {change.table for change in diff.changes.measures} == {"agent_team_ranking"}
    # Of the last 30 days dot has one lead, and all others two or more, of which none has five.
    [month] = [rank for rank in diff.changes.ranks if rank.date_range == "30"]
    assert (month.moved, month.entered, month.fallen_out, month.furthest) == (0, 3, 0, None)
    [total] = [
        change
        for change in diff.changes.measures
        if (change.table, change.measure) == ("agent_team_ranking", "total_agents")
    ]
    assert next((move.row_key, move.old, move.new) for move in total.moves)[1:] == ("0", "3")
    report = markdown(diff.changes)
    assert "against build 1 as of 2024-02-29; definitions changed" in report
    assert "not published yet" not in report
    assert "| 30 | 0 | 3 | 0 | - | - | - |" in report


def test_unpublished_loads_are_reported_separately(small_pipeline: Pipeline) -> None:
    with psycopg.connect(small_pipeline.databases.operational) as connection:
        connection.execute("update leads set source = 'read' where id = 'L01'")
    small_pipeline.ingested()
    diff = metric_diff_of(small_pipeline)
    assert not diff.changes.is_redefined
    assert diff.changes.measures
    assert "includes 1 agent-days of loads that are not published yet" in markdown(diff.changes)


def test_an_inconsistent_definition_is_rejected_by_its_check(
    small_pipeline: Pipeline, edit: Edit
) -> None:
    before = contents(small_pipeline.databases.warehouse)
    edit(
        "models/marts/agent_kpis.sql",
        "coalesce(sums.leads_assigned, 0)::bigint as",
        "coalesce(sums.leads_assigned, 0)::bigint + 1 as",
    )
    with pytest.raises(UserError, match="kpis_add_up"):
        metric_diff_of(small_pipeline)
    assert contents(small_pipeline.databases.warehouse) == before


def test_without_a_published_build_there_is_nothing_to_compare_with(
    databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="nothing is published yet"):
        metric_diff_of(Pipeline(databases, pipeline_home, tmp_path, None))
