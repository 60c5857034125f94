"""Laws of the marts and of what is served: rows of the CRM that leave every number as it is."""

from typing import Any

import psycopg

from tests.support.pipeline import Pipeline, checks
from tests.support.warehouse_state import state

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


def numbers(pipeline: Pipeline) -> dict[str, list[str]]:
    """All that marts, insights and serving hold, but restatements and when it was written."""
    stations = ("marts.", "insights.", "serving.")
    return {name: rows for name, rows in state(pipeline).items() if name.startswith(stations)}


def write(pipeline: Pipeline, *statements: str) -> None:
    with psycopg.connect(pipeline.databases.operational) as crm:
        for statement in statements:
            crm.execute(statement.encode())


def test_a_win_that_is_taken_back_is_as_if_it_had_never_been(small_pipeline: Pipeline) -> None:
    before = numbers(small_pipeline)
    # The trigger logs a conversion of each lead.
    write(
        small_pipeline,
        "alter table leads add disposition_before text",
        "update leads set disposition_before = disposition, disposition = 'won'"
        " where id in ('L04', 'L07', 'L10')",
        "update agent_activity_log set timestamp = '2024-02-20 09:00+00',"
        " metadata = metadata || '{\"revenue\": 500}'"
        " where activity_type = 'conversion' and timestamp > '2024-03-10'",
    )
    small_pipeline.refreshed()
    won = numbers(small_pipeline)
    assert {name for name in before if won[name] != before[name]} >= {
        "marts.agent_kpis",
        "marts.agent_performance_metrics",
        "serving.agent_conversions",
        "serving.agent_trends",
    }
    write(
        small_pipeline,
        "update leads set disposition = disposition_before where id in ('L04', 'L07', 'L10')",
    )
    small_pipeline.refreshed()
    assert numbers(small_pipeline) == before


def test_unreadable_instants_change_a_check_and_nothing_else(small_pipeline: Pipeline) -> None:
    before, counted = numbers(small_pipeline), counts(small_pipeline)
    write(
        small_pipeline,
        "update leads set interested_at = 'infinity' where id in ('L01', 'L12')",
        "update leads set interested_at = '0044-03-15 BC' where id = 'L04'",
        "update leads set contacted_at = '-infinity' where id = 'L02'",
        "update leads set contacted_at = '200082-01-01' where id = 'L04'",
        "insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)"
        " select 'ana', 'L04', activity_type, instant::timestamptz, '{\"revenue\": 7}'"
        " from unnest(array['call', 'assignment', 'conversion']) as activity_type,"
        " unnest(array['infinity', '-infinity', '0044-03-15 BC', '200082-01-01']) as instant",
    )
    after = counts(small_pipeline)
    assert numbers(small_pipeline) == before
    name = "activities_without_readable_time"
    assert after == counted | {name: counted[name] + 12}


def counts(pipeline: Pipeline) -> dict[str, Any]:
    """Rows that each quality check finds in a refresh of everything."""
    return {
        name: check.metadata["dagster_dbt/failed_row_count"].value
        for name, check in checks(pipeline.refreshed(is_full=True)).items()
        if "dagster_dbt/failed_row_count" in check.metadata
    }
