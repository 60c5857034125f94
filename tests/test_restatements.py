"""A published number of a closed day that changes is kept as it was, with what changed it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from pipelines.csv_import import import_directory
from tests import small_expected
from tests.api_service import serving, settings
from tests.pipeline import Pipeline, contents
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

LATE_SALE = (
    "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
    " values ('ana', 'L05', 'conversion', '2024-01-10 09:00+00', '{\"revenue\": 125.50}')"
)


@pytest.fixture
def pipeline(databases: Databases, pipeline_home: Path, tmp_path: Path) -> Pipeline:
    """Over the small data, published once as of 2024-02-29."""
    import_directory(databases.operational, small_expected.DIRECTORY, LeadsMapping())
    pipeline = Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)
    pipeline.refreshed()
    return pipeline


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


def restatements(pipeline: Pipeline) -> list[tuple[object, ...]]:
    with psycopg.connect(pipeline.databases.warehouse) as connection:
        return connection.execute(
            "select agent_id, date, measure, old_value, new_value, cause"
            " from serving.restatements order by build_id, date, measure"
        ).fetchall()


def test_the_first_build_restates_nothing(pipeline: Pipeline) -> None:
    assert restatements(pipeline) == []


def test_a_late_conversion_is_one_restatement_of_each_number_it_moves(pipeline: Pipeline) -> None:
    execute(pipeline.databases.operational, LATE_SALE)
    pipeline.refreshed()
    day = date(2024, 1, 10)
    assert restatements(pipeline) == [
        ("ana", day, "conversions_booked", Decimal(0), Decimal(1), "source"),
        ("ana", day, "revenue_generated", Decimal("0.00"), Decimal("125.50"), "source"),
    ]
    with serving(settings(), pipeline.databases) as api:
        served = api.get("/agent/analytics/restatements", "ana").json()["restatements"]
        assert [(row["measure"], row["old"], row["new"]) for row in served] == [
            ("conversions_booked", 0, 1),
            ("revenue_generated", 0, 125.5),
        ]
        assert api.get("/agent/analytics/restatements", "ben").json()["restatements"] == []


def test_a_change_of_the_day_that_is_not_over_restates_nothing(pipeline: Pipeline) -> None:
    execute(pipeline.databases.operational, LATE_SALE.replace("2024-01-10", "2024-02-29"))
    pipeline.refreshed()
    assert restatements(pipeline) == []


def test_a_deleted_lead_leaves_no_trace_but_its_restatements(pipeline: Pipeline) -> None:
    execute(
        pipeline.databases.operational,
        "delete from leads where id = 'L11'",
        "delete from agent_activity_log where lead_id = 'L11'",
    )
    pipeline.refreshed(is_full=True)
    assert ("dot", "leads_assigned", Decimal(1), Decimal(0)) in {
        (agent, measure, old, new) for agent, _, measure, old, new, _ in restatements(pipeline)
    }
    traces = {
        name
        for name, rows in contents(pipeline.databases.warehouse).items()
        if any("L11" in str(row) or "dot" in str(row) for row in rows)
    }
    assert traces == {"serving.restatements"}


def test_another_time_zone_restates_history_as_a_definition(pipeline: Pipeline) -> None:
    moved = Pipeline(
        pipeline.databases, pipeline.home, pipeline.lake, pipeline.as_of, "Pacific/Auckland"
    )
    moved.refreshed()
    causes = {row[-1] for row in restatements(moved)}
    assert causes == {"definition"}
