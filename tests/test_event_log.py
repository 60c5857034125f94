"""What a run plans is in Dagster's event log as Dagster itself would have written it."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator

import dagster as dg
import psycopg
import pytest
from dagster._core.events import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    DagsterEvent,
)
from dagster_postgres import PostgresEventLogStorage
from sqlalchemy import text

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


def told(storage: PostgresEventLogStorage, run_id: str) -> dict[str, list[tuple[object, ...]]]:
    """The rows that are kept of a run, by table, without their numbers and the run's name."""
    queries = {
        "event_logs": "select replace(event, run_id, 'run'), dagster_event_type, \"timestamp\","
        ' step_key, asset_key, partition from event_logs where run_id = :run order by "timestamp"',
        "asset_keys": "select asset_key, last_materialization_timestamp, wipe_timestamp, tags"
        " from asset_keys where last_run_id = :run order by asset_key",
        "asset_check_executions": "select asset_key, check_name, execution_status, partition"
        " from asset_check_executions where run_id = :run order by id",
    }
    with storage.index_connection() as connection:
        return {
            table: [tuple(row) for row in connection.execute(text(query), {"run": run_id})]
            for table, query in queries.items()
        }


def test_planned_events_are_stored_as_dagster_stores_them(
    storage: PostgresEventLogStorage,
) -> None:
    storage.store_event_batch(planned("one by one"))
    expected = told(storage, "one by one")
    quicken(storage)
    storage.store_event_batch(planned("together"))
    assert told(storage, "together") == expected
    assert [len(rows) for rows in expected.values()] == [len(ASSETS) * len(DAYS) + 1, 2, 1]


def test_a_quickened_log_does_not_look_at_its_tables_again(
    storage: PostgresEventLogStorage,
) -> None:
    looks: Counter[str] = Counter()

    def counted(name: str) -> Callable[..., bool]:
        ask: Callable[..., bool] = getattr(storage, name)

        def look(*asked: str) -> bool:
            looks[name] += 1
            return ask(*asked)

        return look

    for name in ("has_table", "has_asset_key_col"):
        setattr(storage, name, counted(name))
    quicken(storage)
    after = []
    for number in range(3):
        storage.store_event_batch(planned(f"run {number}"))
        assert len(storage.get_asset_records(ASSETS)) == len(ASSETS)
        after.append(dict(looks))
    assert after == [after[0]] * 3
    assert after[0].keys() == {"has_table", "has_asset_key_col"}


def test_a_table_that_is_not_there_yet_is_looked_for_again(
    storage: PostgresEventLogStorage,
) -> None:
    quicken(storage)
    assert not storage.has_table("on_its_way")
    with storage.index_connection() as connection:
        connection.execute(text("create table on_its_way ()"))
    assert storage.has_table("on_its_way")
