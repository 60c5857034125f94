"""What a run plans is in Dagster's event log as Dagster itself would have written it."""

import logging
from collections.abc import Iterator

import dagster as dg
import psycopg
import pytest
from dagster._core.events import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    DagsterEvent,
)
from dagster_postgres import PostgresEventLogStorage

from pipelines.event_log import quicken
from warehouse.databases import Databases

ASSETS = [dg.AssetKey(["marts", name]) for name in ("agent_funnel", "agent_kpis")]
DAYS = [f"2026-03-{day:02}" for day in range(1, 6)]
CHECK = dg.AssetCheckKey(ASSETS[0], "conservation")


def planned(run_id: str) -> list[dg.EventLogEntry]:
    """Of a run over all days, as a batch has them: sorted by asset, a check among them."""
    told = [
        DagsterEvent(
            event_type_value=dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED.value,
            job_name="refresh",
            step_key="dbt_build",
            event_specific_data=AssetMaterializationPlannedData(asset, partition=day),
        )
        for asset in ASSETS
        for day in DAYS
    ]
    check = DagsterEvent(
        event_type_value=dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED.value,
        job_name="refresh",
        step_key="dbt_build",
        event_specific_data=AssetCheckEvaluationPlanned(
            asset_key=CHECK.asset_key, check_name=CHECK.name
        ),
    )
    return [
        dg.EventLogEntry(
            error_info=None,
            level=logging.DEBUG,
            user_message="",
            run_id=run_id,
            timestamp=1000.0 + number,
            step_key="dbt_build",
            job_name="refresh",
            dagster_event=event,
        )
        for number, event in enumerate([*told[: len(DAYS)], check, *told[len(DAYS) :]])
    ]


@pytest.fixture
def storage(databases: Databases) -> Iterator[PostgresEventLogStorage]:
    with psycopg.connect(databases.warehouse, autocommit=True) as connection:
        connection.execute("create database event_log")
    try:
        url = databases.warehouse.rpartition("/")[0] + "/event_log"
        log = PostgresEventLogStorage(url, should_autocreate_tables=True)
        yield log
        log.dispose()
    finally:
        with psycopg.connect(databases.warehouse, autocommit=True) as connection:
            connection.execute("drop database event_log with (force)")


def told(storage: PostgresEventLogStorage, run_id: str) -> object:
    """All that is kept of a run, in an order of its own."""
    entries = sorted(storage.get_logs_for_run(run_id), key=lambda entry: entry.timestamp)
    records = {
        record.asset_entry.asset_key: record.asset_entry.last_run_id
        for record in storage.get_asset_records(ASSETS)
    }
    checks = storage.get_asset_check_execution_history(CHECK, limit=1)
    return [entry.dagster_event for entry in entries], records, checks[0].run_id == run_id


def test_planned_events_are_stored_as_dagster_stores_them(
    storage: PostgresEventLogStorage,
) -> None:
    storage.store_event_batch(planned("one by one"))
    expected = told(storage, "one by one")
    quicken(storage)
    storage.store_event_batch(planned("together"))
    events, records, is_check_planned = told(storage, "together")  # type: ignore[misc]
    assert events == expected[0]  # type: ignore[index]
    assert len(events) == len(ASSETS) * len(DAYS) + 1
    assert records == dict.fromkeys(ASSETS, "together")
    assert is_check_planned


def test_a_quickened_log_does_not_look_at_its_tables_again(
    storage: PostgresEventLogStorage,
) -> None:
    quicken(storage)
    looks = []
    for number in range(3):
        storage.store_event_batch(planned(f"run {number}"))
        assert len(storage.get_asset_records(ASSETS)) == len(ASSETS)
        looks.append(
            (
                storage.has_table.cache_info().misses,  # type: ignore[attr-defined]
                storage.has_asset_key_col.cache_info().misses,  # type: ignore[attr-defined]
            )
        )
    assert looks == [looks[0]] * 3
    assert min(looks[0]) > 0
