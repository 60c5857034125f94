"""Dagster shows one unbroken line from the two source tables to every served table."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import definitions
from pipelines.publishing.publish import SERVING_TABLES
from tests.support.pipeline import environment

SOURCES = {
    dg.AssetKey(["operational", "leads"]),
    dg.AssetKey(["operational", "agent_activity_log"]),
}
GROUPS = {"operational", "raw", "staging", "marts", "insights", "serving"}


@pytest.fixture(scope="module")
def loaded(pipeline_home: Path) -> dg.Definitions:
    with environment(AGENT_ANALYTICS_HOME=str(pipeline_home)):
        return definitions()


def test_every_served_table_comes_from_the_source_tables(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    for table in SERVING_TABLES:
        ancestors = graph.get_ancestor_asset_keys(dg.AssetKey(["serving", table.name]))
        assert ancestors >= SOURCES, table.name


def test_nothing_but_the_source_tables_comes_from_outside(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    assert {key for key in graph.get_all_asset_keys() if not graph.get(key).parent_keys} - {
        dg.AssetKey(["staging", "source_names"]),
        dg.AssetKey(["intermediate", "int_windows"]),
    } == SOURCES
    assert {key for key in graph.get_all_asset_keys() if graph.get(key).is_external} == SOURCES


def test_assets_are_grouped_by_station_and_filled_by_day_in_single_runs(
    loaded: dg.Definitions,
) -> None:
    graph = loaded.resolve_asset_graph()
    assert {graph.get(key).group_name for key in graph.get_all_asset_keys()} == GROUPS
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert isinstance(node.partitions_def, dg.DailyPartitionsDefinition), key
        assert node.backfill_policy == dg.BackfillPolicy.single_run(), key
        assert node.description, key


def test_the_checks_that_guard_a_publish_block_it(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    checks = {key.name: graph.get(key) for key in graph.asset_check_keys}
    for name in (
        "conservation",
        "funnel_never_widens",
        "funnel_agrees_with_kpis",
        "sources_add_up",
        "kpis_add_up",
    ):
        assert checks[name].blocking, name
