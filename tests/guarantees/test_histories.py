"""Any order, repetition or interruption of refreshes gives the tables of one full build."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.partitions import today
from tests.conftest import PostgresServer
from tests.support.crm.random_histories import History
from tests.support.pipeline import Pipeline
from tests.support.servers.refresh_process import RefreshProcess, Run
from tests.support.warehouse_state import state
from warehouse.databases import Databases

SOAK_FROM = int(os.environ.get("SOAK_FROM", "1000"))
SOAK = range(SOAK_FROM, SOAK_FROM + int(os.environ.get("SOAK_HISTORIES", "0")))
pytestmark = pytest.mark.timeout(900)
WAREHOUSE = "history_warehouse"
TIME_ZONES = ("UTC", "America/New_York", "Asia/Kolkata")


@pytest.fixture(scope="module", autouse=True)
def _children_find_everything_imported() -> None:
    RefreshProcess.warm()


@pytest.fixture
def pipeline(
    postgres_server: PostgresServer,
    operational_template: str,
    warehouse_template: str,
    pipeline_home: Path,
    tmp_path: Path,
    seed: int,
) -> Iterator[Pipeline]:
    """The databases have the same names, and the zone the same home, in every history."""
    time_zone = TIME_ZONES[seed % len(TIME_ZONES)]
    home = pipeline_home / time_zone.replace("/", "-")
    home.mkdir(exist_ok=True)
    with (
        postgres_server.database(operational_template, "history_operational") as operational,
        postgres_server.database(warehouse_template, WAREHOUSE) as warehouse,
    ):
        url = postgres_server.url
        databases = Databases(url(operational), url(warehouse), "", "", None)
        yield Pipeline(databases, home, tmp_path, today(time_zone), time_zone)


@pytest.fixture
def wipe(postgres_server: PostgresServer, warehouse_template: str) -> Callable[[], None]:
    """Makes the warehouse a fresh one."""

    def wiped() -> None:
        postgres_server.execute("drop database {} with (force)", WAREHOUSE)
        postgres_server.execute("create database {} template {}", WAREHOUSE, warehouse_template)

    return wiped


def assert_ends_as_one_full_build(
    history: History, pipeline: Pipeline, wipe: Callable[[], None]
) -> None:
    try:
        history.play()
        RefreshProcess(pipeline, Run(reconciles=True)).end()
        found = state(pipeline)
        wipe()
        RefreshProcess(pipeline, Run(is_full=True)).end()
        expected = state(pipeline)
        assert found.keys() == expected.keys()
        for table, rows in expected.items():
            assert found[table] == rows, table
    except BaseException:
        print(pipeline.time_zone, *history.events, sep="\n  ")
        raise


@pytest.mark.parametrize("seed", range(5))
def test_a_history_ends_as_one_full_build(
    seed: int, pipeline: Pipeline, wipe: Callable[[], None]
) -> None:
    assert_ends_as_one_full_build(History(seed, pipeline, steps=2), pipeline, wipe)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 30))
def test_more_histories_end_as_one_full_build(
    seed: int, pipeline: Pipeline, wipe: Callable[[], None]
) -> None:
    assert_ends_as_one_full_build(History(seed, pipeline, steps=3), pipeline, wipe)


@pytest.mark.soak
@pytest.mark.parametrize("seed", SOAK)
def test_many_histories_end_as_one_full_build(
    seed: int, pipeline: Pipeline, wipe: Callable[[], None]
) -> None:
    assert_ends_as_one_full_build(History(seed, pipeline, steps=3), pipeline, wipe)
