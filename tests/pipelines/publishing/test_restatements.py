"""A changed number of a closed day is recorded with its old value and the cause."""

from datetime import date
from decimal import Decimal

import psycopg

from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import serving, settings
from tests.support.warehouse_state import lake_mentions, mentions

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
LATE_SALE = (
    "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
    " values ('ana', '{lead}', 'conversion', '{day} 09:00+00', '{{\"revenue\": 125.50}}')"
)
FORTY_FIVE_DAYS_AGO = date(2024, 1, 15)


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


def test_the_first_build_restates_nothing(small_pipeline: Pipeline) -> None:
    assert restatements(small_pipeline) == []


def test_a_conversion_that_comes_45_days_late_restates_its_day_once(
    small_pipeline: Pipeline,
) -> None:
    day = FORTY_FIVE_DAYS_AGO
    execute(small_pipeline.databases.operational, LATE_SALE.format(lead="L05", day=day))
    small_pipeline.refreshed()
    expected = [
        ("ana", day, "conversions_booked", Decimal(0), Decimal(1), "source"),
        ("ana", day, "revenue_generated", Decimal("0.00"), Decimal("125.50"), "source"),
    ]
    assert restatements(small_pipeline) == expected
    small_pipeline.refreshed(is_full=True)
    assert restatements(small_pipeline) == expected
    with serving(settings(), small_pipeline.databases) as api:
        served = api.get("/agent/analytics/restatements", "ana").json()["restatements"]
        assert [
            (row["date"], row["measure"], row["old"], row["new"], row["changes"]) for row in served
        ] == [
            ("2024-01-15", "conversions_booked", 0, 1, 1),
            ("2024-01-15", "revenue_generated", 0, 125.5, 1),
        ]
        assert api.get("/agent/analytics/restatements", "ben").json()["restatements"] == []


def test_a_late_conversion_of_an_open_lead_restates_the_day_of_the_lead_too(
    small_pipeline: Pipeline,
) -> None:
    day = FORTY_FIVE_DAYS_AGO
    execute(small_pipeline.databases.operational, LATE_SALE.format(lead="L06", day=day))
    small_pipeline.refreshed()
    assert [row[1:5] for row in restatements(small_pipeline)] == [
        (date(2024, 1, 1), "leads_converted", 0, 1),
        (date(2024, 1, 1), "leads_interested", 0, 1),
        (day, "conversions_booked", 0, 1),
        (day, "revenue_generated", 0, Decimal("125.50")),
    ]


def test_a_change_of_the_day_that_is_not_over_restates_nothing(small_pipeline: Pipeline) -> None:
    execute(small_pipeline.databases.operational, LATE_SALE.format(lead="L05", day="2024-02-29"))
    small_pipeline.refreshed()
    assert restatements(small_pipeline) == []


def test_a_deleted_lead_leaves_no_trace_but_its_restatements(small_pipeline: Pipeline) -> None:
    source, url = small_pipeline.databases.operational, small_pipeline.databases.warehouse
    lake = small_pipeline.lake
    small_pipeline.ingested(is_full=True)
    assert lake_mentions(lake, "L11")
    execute(
        source,
        "delete from leads where id = 'L11'",
        "delete from agent_activity_log where lead_id = 'L11'",
    )

    small_pipeline.refreshed(reconciles=True)

    # It was all that dot had.
    assert mentions(url, "L11") == set()
    assert mentions(url, "dot") == {"serving.restatements"}
    assert not lake_mentions(lake, "L11")
    assert not lake_mentions(lake, "dot")
    assert [row[:5] for row in restatements(small_pipeline)] == [
        ("dot", date(2024, 2, 27), "leads_assigned", 1, 0),
        ("dot", date(2024, 2, 27), "leads_contacted", 1, 0),
        ("dot", date(2024, 2, 27), "response_count", 1, 0),
        ("dot", date(2024, 2, 27), "response_hours_total", 1, 0),
    ]
