"""Reconciliation finds changes without a timestamp: deletions, silent edits, damaged rows."""

from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import psycopg
import pytest

from config.settings import Settings
from pipelines.ingestion.reconciliation import DriftedDay
from pipelines.jobs import RANGE_END, RANGE_START
from pipelines.partitions import today
from pipelines.schedules import NIGHTLY_DAYS, schedules
from tests.support.crm.operational_tables import rows
from tests.support.pipeline import NOTES, WHEN_BUILT, Pipeline, contents
from tests.support.warehouse_state import lake_mentions, mentions

pytest_plugins = ("tests.support.fixtures.refreshed_small",)
CHECK = "source_agrees_with_raw"


def write(url: str, *statements: str, is_silent: bool = False) -> None:
    """`is_silent`: no trigger notes the time of the change."""
    with psycopg.connect(url) as connection:
        if is_silent:
            connection.execute("select set_config('analytics.bulk_load', 'on', true)")
        for statement in statements:
            connection.execute(statement.encode())


def agreement(result: dg.ExecuteInProcessResult) -> dict[str, dg.AssetCheckEvaluation]:
    """Result of the comparison of source and raw, by table."""
    return {
        check.asset_key.path[-1]: check
        for check in result.get_asset_check_evaluations()
        if check.check_name == CHECK
    }


def days_of_ana(url: str) -> list[tuple[date]]:
    """Of the days of lead L02 and of its conversion, those that she is served."""
    return rows(
        url,
        "select date from serving.agent_performance_metrics"
        " where agent_id = 'ana' and date in ('2024-02-05', '2024-02-06')",
    )


def test_a_deleted_lead_and_its_activities_disappear_everywhere(
    small_pipeline: Pipeline,
) -> None:
    source, url = small_pipeline.databases.operational, small_pipeline.databases.warehouse
    small_pipeline.ingested(is_full=True)
    write(source, "update leads set satisfaction_rating = 2 where id = 'L02'")
    small_pipeline.refreshed()
    assert mentions(url, "L02") >= {"raw.leads", "raw.agent_activity_log", "intermediate.int_leads"}
    assert lake_mentions(small_pipeline.lake, "L02")
    assert len(days_of_ana(url)) == 2
    write(source, "delete from leads where id = 'L02'")
    write(source, "delete from agent_activity_log where lead_id = 'L02'")
    small_pipeline.refreshed()
    assert "raw.leads" in mentions(url, "L02")

    torn = small_pipeline.lake / "leads" / f"changed_on={today('UTC')}" / "torn.parquet"
    torn.write_bytes(b"PAR1")

    result = small_pipeline.refreshed(reconciles=True)

    assert not torn.exists()
    assert mentions(url, "L02") == set()
    assert not lake_mentions(small_pipeline.lake, "L02")
    assert lake_mentions(small_pipeline.lake, "L01")
    assert days_of_ana(url) == []
    checks = agreement(result)
    assert not checks["leads"].passed
    assert checks["leads"].severity == dg.AssetCheckSeverity.WARN
    drift = {name: value.value for name, value in checks["leads"].metadata.items()}
    day = today("UTC").isoformat()
    assert drift == {
        "days": 1,
        "source_rows": 0,
        "raw_rows": 1,
        "first_days": [{"day": day, "source_rows": 0, "raw_rows": 1}],
    }


def test_an_edit_that_left_its_time_of_change_is_read_with_its_day(
    small_pipeline: Pipeline,
) -> None:
    write(
        small_pipeline.databases.operational,
        "update leads set source = 'silent' where id = 'L12'",
        "update agent_activity_log set metadata = '{\"revenue\": 1}' where lead_id = 'X99'",
        is_silent=True,
    )
    assert small_pipeline.ingested().changed == {"leads": 0, "agent_activity_log": 0}
    done = small_pipeline.ingested(reconciles=True)
    assert done.drift == {
        "leads": [DriftedDay("2024-01-10", 1, 1)],
        "agent_activity_log": [DriftedDay("2024-02-10", 2, 2)],
    }
    assert {table: read.rows for table, read in done.extracts.items()} == {
        "leads": 1,
        "agent_activity_log": 2,
    }
    assert done.changed == {"leads": 1, "agent_activity_log": 1}
    again = small_pipeline.ingested(reconciles=True)
    assert again.drift == {"leads": [], "agent_activity_log": []}


def test_rows_not_read_yet_are_no_drift(
    small_pipeline: Pipeline,
) -> None:
    write(
        small_pipeline.databases.operational,
        "update leads set disposition = 'won', assigned_agent_id = 'dot' where id = 'L01'",
        "insert into leads (id, source, assigned_agent_id) values ('new', E'Mär\"c,h\\n', 'dot')",
    )
    checks = agreement(small_pipeline.refreshed(reconciles=True))
    assert {table: check.passed for table, check in checks.items()} == {
        "leads": True,
        "agent_activity_log": True,
    }


def test_rows_missing_or_invented_in_raw_are_corrected(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.warehouse
    before = contents(url, without=WHEN_BUILT)
    write(
        url,
        "delete from raw.leads where lead_id = 'L03'",
        "update raw.leads set agent_id = 'eve' where lead_id = 'L07'",
        "insert into raw.leads (agent_id, lead_id, created_at, changed_at)"
        " values ('flo', 'made up', '2024-02-01', '2024-02-01')",
        "delete from raw.agent_activity_log",
    )
    small_pipeline.refreshed(reconciles=True)
    after = contents(url, without=WHEN_BUILT)
    for table, expected in before.items():
        if table not in NOTES:
            assert after[table] == expected, table


def test_a_refresh_without_reconciliation_has_no_check_result(
    small_pipeline: Pipeline,
) -> None:
    assert agreement(small_pipeline.refreshed()) == {}


def test_the_nightly_refresh_reads_the_last_days_and_reconciles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(tmp_path))
    [nightly] = [each for each in schedules(Settings()) if each.name == "nightly_refresh"]
    with dg.DagsterInstance.ephemeral() as instance:
        [request] = (
            nightly.evaluate_tick(dg.build_schedule_context(instance=instance)).run_requests or []
        )
    last = today("UTC")
    assert request.tags[RANGE_START] == (last - timedelta(days=NIGHTLY_DAYS)).isoformat()
    assert request.tags[RANGE_END] == last.isoformat()
    assert request.run_config == {
        "ops": {
            "extract_and_load": {"config": {"reconcile": True}},
            "compute_insights": {"config": {"full": True}},
        }
    }
