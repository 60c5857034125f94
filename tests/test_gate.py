"""A number that does not add up is not published; the old build stays and the run names the row."""

from pathlib import Path

import psycopg
import pytest

from pipelines.csv_import import import_directory
from tests import small_expected
from tests.pipeline import Pipeline, checks, contents, failure
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

BEN_CHANGES = "update leads set source = 'Fair' where id = 'L07'"


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    """Over the small data, published once as of 2024-02-29."""
    import_directory(databases.operational, small_expected.DIRECTORY, LeadsMapping())
    pipeline = Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)
    pipeline.refreshed()
    return pipeline


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        assert connection.execute(statement).rowcount == 1


def served(pipeline: Pipeline) -> dict[str, list[object]]:
    rows = contents(pipeline.databases.warehouse)
    return {name: rows[name] for name in rows if name.startswith("serving.")}


@pytest.mark.parametrize(
    ("corruption", "check", "named"),
    [
        (
            "update marts.agent_performance_metrics set leads_assigned = leads_assigned + 1"
            " where agent_id = 'ana' and leads_assigned = 1 and date = '2024-01-01'",
            "agent_days_add_up",
            ["ana", "2024-01-01", "leads_assigned"],
        ),
        (
            "update raw.leads set disposition = 'won' where lead_id = 'L10'",
            "sample_recounted_from_raw",
            ["cem", "leads_converted"],
        ),
        (
            "update raw.agent_activity_log set revenue_text = '76'"
            " where agent_id = 'cem' and revenue_text = '75'",
            "conservation",
            ["revenue_generated", "76.00", "75.00"],
        ),
        (
            "update marts.agent_kpis set conversion_rate_pct = 99.9"
            " where agent_id = 'ana' and date_range = 30 and period = 'current'",
            "funnel_agrees_with_kpis",
            ["ana", "99.9", "50.0"],
        ),
    ],
)
def test_a_corrupted_row_is_refused_and_named(
    pipeline: Pipeline, corruption: str, check: str, named: list[str]
) -> None:
    before = served(pipeline)
    execute(pipeline.databases.warehouse, corruption)
    execute(pipeline.databases.operational, BEN_CHANGES)

    result = pipeline.refresh()

    assert not result.success
    assert served(pipeline) == before
    found = checks(result)[check]
    assert not found.passed
    rows = str(found.metadata["rows"].value)
    assert [text for text in named if text not in rows] == []
    assert check in failure(result)


def test_marts_that_failed_a_check_are_computed_anew_by_the_next_refresh(
    pipeline: Pipeline,
) -> None:
    clean = contents(pipeline.databases.warehouse, without=frozenset({"created_at"}))
    execute(
        pipeline.databases.warehouse,
        "update intermediate.int_leads set is_contacted = false where lead_id = 'L01'",
    )
    execute(pipeline.databases.operational, BEN_CHANGES)
    assert not pipeline.refresh().success
    pipeline.refreshed()
    healed = contents(pipeline.databases.warehouse, without=frozenset({"created_at"}))
    assert healed["serving.agent_kpis"] == clean["serving.agent_kpis"]


def test_publish_alone_refuses_marts_that_have_not_passed(pipeline: Pipeline) -> None:
    before = served(pipeline)
    execute(pipeline.databases.warehouse, "update insights.marts_state set is_checked = false")
    result = pipeline.refresh(only="serving")
    assert not result.success
    assert "have not passed their checks" in failure(result)
    assert served(pipeline) == before
