"""Dagster's lineage connects the two source tables with every served table."""

from graphlib import TopologicalSorter
from pathlib import Path

import dagster as dg
import pytest

from config.environment import environment
from pipelines.definitions import definitions
from pipelines.ingestion.reference_data.files import FILES
from pipelines.publishing.publish import SERVING_TABLES

SOURCES = {
    dg.AssetKey(["operational", "leads"]),
    dg.AssetKey(["operational", "agent_activity_log"]),
}
REFERENCE_DATA = {dg.AssetKey(["raw", table]) for table in FILES}
GROUPS = {"crm_source", "crm_goals", "raw", "staging", "marts", "insights", "serving"}


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
    # Seeds, the dates of the build, and reference data, which are files.
    assert {key for key in graph.get_all_asset_keys() if not graph.get(key).parent_keys} - {
        dg.AssetKey(["staging", "source_names"]),
        dg.AssetKey(["staging", "periods"]),
        dg.AssetKey(["intermediate", "int_calendar"]),
        *REFERENCE_DATA,
    } == SOURCES
    external = {key for key in graph.get_all_asset_keys() if graph.get(key).is_external}
    assert external == SOURCES | REFERENCE_DATA


def test_assets_are_grouped_by_schema_and_filled_by_day_in_single_runs(
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


def test_groups_are_drawn_without_a_cycle(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    above: dict[str, set[str]] = {group: set() for group in GROUPS}
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        above[node.group_name] |= {graph.get(parent).group_name for parent in node.parent_keys}
    for group, parents in above.items():
        parents.discard(group)
    assert tuple(TopologicalSorter(above).static_order())[-1] == "crm_goals"


def test_storage_cards_name_the_real_database(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    cards = {
        key.to_user_string(): graph.get(key).metadata.get("dagster/table_name")
        for key in graph.get_all_asset_keys()
        if key.path[0] != "lake"
    }
    assert cards == {
        key: f"operational.public.{key.rpartition('/')[2]}"
        if key.startswith("operational/")
        else f"warehouse.{key.replace('/', '.')}"
        for key in cards
    }
