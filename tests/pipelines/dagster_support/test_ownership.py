"""Dagster shows owner, description, freshness and size of every table."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from config.environment import environment
from pipelines.dagster_support.ownership import with_owner_and_freshness
from pipelines.definitions import definitions
from tests.support.pipeline import Pipeline, metadata

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


@pytest.fixture(scope="module")
def graph(pipeline_home: Path) -> Any:
    with environment(AGENT_ANALYTICS_HOME=str(pipeline_home), ANALYTICS_STALE_AFTER="3h"):
        return definitions().resolve_asset_graph()


def test_every_table_has_an_owner_a_description_and_a_kind(graph: Any) -> None:
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert len(nodes) > 40
    for node in nodes:
        assert [owner for owner in node.owners if owner.startswith("team:")], node.key
        assert len(node.description or "") > 15, node.key
        assert node.kinds, node.key


def test_refreshed_tables_fail_when_stale_and_crm_tables_have_no_policy(
    graph: Any,
) -> None:
    expected_policy = dg.FreshnessPolicy.time_window(timedelta(hours=3), timedelta(hours=1.5))
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        policy = node.freshness_policy
        assert policy == (expected_policy if node.is_executable else None), key


def test_a_window_is_at_least_dagsters_minimum() -> None:
    @dg.multi_asset(specs=[dg.AssetSpec(["raw", "leads"])])
    def table() -> None: ...

    [asset] = with_owner_and_freshness([table], timedelta(seconds=5))
    [spec] = asset.specs
    assert spec.freshness_policy == dg.FreshnessPolicy.time_window(
        timedelta(minutes=2), timedelta(minutes=1)
    )


def test_every_check_job_schedule_and_sensor_has_a_description(
    graph: Any, pipeline_home: Path
) -> None:
    checks = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert any(check.blocking for check in checks)
    with environment(AGENT_ANALYTICS_HOME=str(pipeline_home), ALERT_WEBHOOK_URL=""):
        loaded = definitions()
    jobs = [loaded.resolve_job_def(name) for name in ("refresh", "refresh_day_by_day")]
    automation = {each.name: each for each in [*(loaded.schedules or ()), *(loaded.sensors or ())]}
    assert set(automation) == {
        "frequent_refresh",
        "nightly_refresh",
        "failed_run_alert",
        "stale_data_alert",
    }
    for described in [*checks, *jobs]:
        assert len(described.description or "") > 20, described.name
    assert all(len(each.description or "") > 30 for each in automation.values())
    on = {name for name, each in automation.items() if each.default_status.value == "RUNNING"}
    assert on == {"frequent_refresh", "nightly_refresh"}


def test_alerts_are_on_with_a_webhook() -> None:
    with environment(ALERT_WEBHOOK_URL="https://hooks.example.com/x"):
        sensors = definitions().sensors or ()
    assert {sensor.default_status.value for sensor in sensors} == {"RUNNING"}


@pytest.mark.parametrize(
    ("asset", "plotted"),
    [
        ("lake/leads", {"rows_read", "bytes", "seconds_of_both_tables"}),
        ("raw/leads", {"bytes", "seconds_of_both_tables"}),
        ("marts/agent_kpis", {"rows_written", "bytes", "seconds"}),
        ("serving/agent_kpis", {"rows_written", "bytes"}),
        ("serving/builds", {"bytes", "seconds"}),
    ],
)
def test_rows_bytes_seconds_and_data_age_can_be_plotted(
    refreshed: dg.ExecuteInProcessResult, asset: str, plotted: set[str]
) -> None:
    values = metadata(refreshed, asset)
    for name in plotted | {"data_age_seconds"}:
        assert isinstance(values[name], int | float), name
        assert values[name] >= 0, name
    assert values["data_through"] > 0


@pytest.fixture(scope="module")
def refreshed(
    postgres_server: Any, small_templates: Any, pipeline_home: Path, tmp_path_factory: Any
) -> Any:
    from tests.conftest import fresh_databases
    from tests.support.oracle import small_expected

    with fresh_databases(postgres_server, *small_templates) as databases:
        lake = tmp_path_factory.mktemp("lake")
        pipeline = Pipeline(databases, pipeline_home, lake, small_expected.AS_OF)
        return pipeline.refreshed(is_full=True)
