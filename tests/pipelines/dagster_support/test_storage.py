"""Dagster's storage: the rows that Dagster would store, fewer connections, safe first use."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import dagster as dg
import psycopg
import pytest
from dagster._core.events import (
    AssetCheckEvaluationPlanned,
    AssetMaterializationPlannedData,
    DagsterEvent,
)
from dagster._core.storage.base_storage import DagsterStorage
from dagster_postgres import PostgresEventLogStorage
from sqlalchemy import event, text

from config.environment import environment
from pipelines.dagster_support.instance import dagster_instance
from pipelines.dagster_support.storage import (
    POOL_SIZE,
    BatchingEventLog,
    InstanceStorage,
    PooledPostgresStorage,
)
from warehouse.databases import Databases

ASSETS = [dg.AssetKey(["marts", name]) for name in ("agent_funnel", "agent_kpis")]
DAYS = [f"2026-03-{day:02}" for day in range(1, 6)]
CHECK = dg.AssetCheckKey(ASSETS[0], "conservation")


def planned(run_id: str) -> list[dg.EventLogEntry]:
    """Planned events of a run over all days, sorted by asset as in a batch, with one check."""
    materializations = [
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
        for number, event in enumerate(
            [*materializations[: len(DAYS)], check, *materializations[len(DAYS) :]]
        )
    ]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """URL of an empty database."""
    with psycopg.connect(databases.warehouse, autocommit=True) as connection:
        connection.execute("create database dagster_storage")
    try:
        yield databases.warehouse.rpartition("/")[0] + "/dagster_storage"
    finally:
        with psycopg.connect(databases.warehouse, autocommit=True) as connection:
            connection.execute("drop database dagster_storage with (force)")


@pytest.fixture
def storage(url: str) -> Iterator[BatchingEventLog]:
    log = BatchingEventLog(url)
    yield log
    log.dispose()


def stored_rows(
    storage: PostgresEventLogStorage, run_id: str
) -> dict[str, list[tuple[object, ...]]]:
    """Returns the stored rows of a run, by table, without their numbers and the run's name."""
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
    url: str, storage: BatchingEventLog
) -> None:
    PostgresEventLogStorage(url).store_event_batch(planned("one by one"))
    expected = stored_rows(storage, "one by one")
    storage.store_event_batch(planned("together"))
    assert stored_rows(storage, "together") == expected
    assert [len(rows) for rows in expected.values()] == [len(ASSETS) * len(DAYS) + 1, 2, 1]


def test_an_event_is_stored_without_reading_the_catalog(storage: BatchingEventLog) -> None:
    storage.store_event_batch(planned("the first"))
    assert storage.get_asset_records(ASSETS)
    statements: list[str] = []
    event.listen(
        storage._engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_more: statements.append(statement),
    )
    storage.store_event_batch(planned("another"))
    assert len(storage.get_asset_records(ASSETS)) == len(ASSETS)
    assert any("event_logs" in statement for statement in statements)
    assert not [statement for statement in statements if "pg_catalog" in statement]


def test_a_missing_table_is_looked_up_again(storage: BatchingEventLog) -> None:
    assert not storage.has_table("on_its_way")
    with storage.index_connection() as connection:
        connection.execute(text("create table on_its_way ()"))
    assert storage.has_table("on_its_way")


@pytest.fixture
def pooled(url: str) -> Iterator[PooledPostgresStorage]:
    storage = PooledPostgresStorage(url)
    yield storage
    storage.event_log_storage.dispose()


def use(storage: PooledPostgresStorage) -> None:
    """Each of the three once."""
    storage.event_log_storage.store_event_batch(planned("a run"))
    assert storage.run_storage.get_runs_count() == 0
    assert list(storage.schedule_storage.all_instigator_state()) == []


def test_runs_events_and_schedules_share_connections(pooled: PooledPostgresStorage) -> None:
    opened: list[object] = []
    event.listen(pooled.engine, "connect", lambda opening, _: opened.append(opening))
    storages = (pooled.run_storage, pooled.event_log_storage, pooled.schedule_storage)
    assert {id(storage._engine) for storage in storages} == {id(pooled.engine)}
    for _ in range(3):
        use(pooled)
    assert 1 <= len(opened) <= POOL_SIZE


def test_closed_connections_are_reopened(url: str, pooled: PooledPostgresStorage) -> None:
    use(pooled)
    with psycopg.connect(url) as connection:
        closed = connection.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        ).fetchall()
    assert closed
    use(pooled)


def test_a_home_runs_with_postgres_storage(tmp_path: Path, databases: Databases, url: str) -> None:
    with (
        environment(),
        dagster_instance(tmp_path, replace(databases, dagster=url)) as instance,
    ):
        assert isinstance(instance.event_log_storage, BatchingEventLog)


def test_without_a_url_a_home_has_sqlite_files(tmp_path: Path, databases: Databases) -> None:
    assert databases.dagster is None
    with environment(), dagster_instance(tmp_path, databases) as instance:
        assert instance.get_runs_count() == 0
    assert (tmp_path / "dagster" / "history" / "runs.db").exists()


@pytest.mark.parametrize("is_postgres", [True, False])
def test_processes_that_start_together_create_the_tables_once(
    tmp_path: Path, url: str, is_postgres: bool
) -> None:
    """Each process has a connection or a descriptor of its own, as each thread here."""

    def open_storage(_number: int) -> DagsterStorage:
        return InstanceStorage.from_config_value(None, {})

    values = {
        "DAGSTER_DATABASE_URL": url if is_postgres else "",
        "AGENT_ANALYTICS_HOME": str(tmp_path),
    }
    with environment(**values), ThreadPoolExecutor(8) as together:
        for storage in together.map(open_storage, range(8)):
            assert storage.run_storage.get_runs_count() == 0
            storage.event_log_storage.dispose()
