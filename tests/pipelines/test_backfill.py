"""A backfill in Dagster, in one run or day by day, gives the same rows as a full build."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from config.settings import Settings
from pipelines.jobs import RANGE_END, RANGE_START
from pipelines.partitions import today
from tests.support.crm.operational_tables import rows
from tests.support.pipeline import Pipeline
from tests.support.servers.command_line import CommandLine, end
from tests.support.servers.dagster_graphql import DagsterGraphql
from tests.support.servers.demo_process import SIMULATED, Demo
from tests.support.warehouse_state import state
from warehouse.databases import Databases, open_databases
from warehouse.migrate import migrate_warehouse

pytest_plugins = ["tests.support.fixtures.home"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

DAYS = 8
# Every fourth lead, on one of the days before today each, as an import brings it.
CHANGES = """
update leads
set
    source = %(source)s,
    disposition = 'won',
    updated_at = %(today)s::timestamptz
    - make_interval(days => 1 + id_hash %% %(days)s, hours => -9)
from (select id as changed_id, abs(hashtext(id)) as id_hash from leads) as hashed
where id = changed_id and id_hash %% 4 = %(quarter)s
"""
TROUBLES = """
select dagster_event_type, step_key, run_id from public.event_logs
where dagster_event_type in ('STEP_FAILURE', 'STEP_UP_FOR_RETRY', 'PIPELINE_FAILURE')
"""


@dataclass(frozen=True)
class Deployment:
    """A running `up`, with webserver, daemon and schedules."""

    dagster: DagsterGraphql
    databases: Databases
    home: Path

    def days(self) -> list[date]:
        """The days before today that changes are spread over."""
        return [today("UTC") - timedelta(days=back) for back in range(DAYS, 0, -1)]

    def change(self, source: str, quarter: int) -> None:
        """Changes that a refresh of today alone does not read."""
        values = {"source": source, "quarter": quarter, "days": DAYS, "today": today("UTC")}
        with psycopg.connect(self.databases.operational) as connection:
            connection.execute("select set_config('analytics.bulk_load', 'on', true)")
            connection.execute("set local timezone to 'UTC'")
            assert connection.execute(CHANGES, values).rowcount > DAYS

    def has_read(self, source: str) -> bool:
        query = f"select count(*) from {{}} where source = '{source}'"
        expected = rows(self.databases.operational, query.format("leads"))
        return rows(self.databases.warehouse, query.format("raw.leads")) == expected


@pytest.fixture(scope="module")
def deployment(module_home: Path) -> Iterator[Deployment]:
    demo = Demo(CommandLine(module_home), *SIMULATED)
    try:
        assert demo.running is not None
        with (
            open_databases(Settings(home=module_home, _env_file=None)) as databases,
            closing(DagsterGraphql(demo.running.addresses.dagster)) as dagster,
        ):
            yield Deployment(dagster, databases, module_home)
    finally:
        end(demo.process)


@pytest.fixture
def clean(deployment: Deployment, pipeline_home: Path, tmp_path: Path) -> Iterator[Pipeline]:
    """The same source with another, empty warehouse."""
    own = deployment.databases.warehouse
    name = "clean_warehouse"
    url, api_url = (
        f"{given.rpartition('/')[0]}/{name}" for given in (own, deployment.databases.api_warehouse)
    )
    assert conninfo_to_dict(url)["dbname"] == name
    with psycopg.connect(own, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        try:
            migrate_warehouse(url, api_url)
            databases = Databases(deployment.databases.operational, url, "", api_url, None)
            yield Pipeline(databases, pipeline_home, tmp_path, None)
        finally:
            connection.execute(f"drop database {name} with (force)")


def assert_equals_one_full_build(deployment: Deployment, clean: Pipeline) -> None:
    """No run failed, was retried or deadlocked."""
    clean.refreshed(is_full=True)
    expected = state(clean)
    backfilled = Pipeline(deployment.databases, clean.home, clean.lake, None)
    rebuilt = state(backfilled)
    assert rebuilt.keys() == expected.keys()
    for table, held in expected.items():
        assert rebuilt[table] == held, table
    with psycopg.connect(deployment.databases.dagster or "") as connection:
        assert connection.execute(TROUBLES).fetchall() == []
    assert rows(
        deployment.databases.warehouse,
        "select deadlocks from pg_stat_database where datname = current_database()",
    ) == [(0,)]


def tags(run: dict[str, Any]) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in run["tags"]}


def most_at_once(runs: list[dict[str, Any]]) -> int:
    started = [(run["startTime"], 1) for run in runs]
    ended = [(run["endTime"], -1) for run in runs]
    running = most = 0
    for _, step in sorted(started + ended):
        running += step
        most = max(most, running)
    return most


def test_a_range_is_one_run_during_frequent_refreshes(
    deployment: Deployment, clean: Pipeline
) -> None:
    dagster, days = deployment.dagster, deployment.days()
    deployment.change("in one run", 0)
    backfill = dagster.backfill_assets(days)
    frequent = [dagster.launch_day(today("UTC"))]
    while not dagster.backfill(backfill)["runs"]:
        dagster.end_runs(frequent[-1])
        frequent.append(dagster.launch_day(today("UTC")))
    [run] = dagster.ended_backfill(backfill)["runs"]
    dagster.end_runs(*frequent)
    assert (tags(run)[RANGE_START], tags(run)[RANGE_END]) == (
        days[0].isoformat(),
        days[-1].isoformat(),
    )
    assert deployment.has_read("in one run")
    assert_equals_one_full_build(deployment, clean)


def test_a_run_per_day_runs_four_at_a_time_during_frequent_refreshes(
    deployment: Deployment, clean: Pipeline
) -> None:
    dagster, days = deployment.dagster, deployment.days()
    deployment.change("day by day", 1)
    backfill = dagster.backfill_day_by_day(days)
    while not dagster.backfill(backfill)["runs"]:
        dagster.end_runs(dagster.launch_day(today("UTC")))
    frequent = [dagster.launch_day(today("UTC")) for _ in range(2)]
    runs = dagster.ended_backfill(backfill)["runs"]
    dagster.end_runs(*frequent)
    assert sorted(tags(run)["dagster/partition"] for run in runs) == [
        day.isoformat() for day in days
    ]
    assert 2 <= most_at_once(runs) <= 4
    assert deployment.has_read("day by day")
    assert_equals_one_full_build(deployment, clean)


def test_a_run_with_the_tags_of_a_range_is_a_backfill_and_run_again_changes_nothing(
    deployment: Deployment, clean: Pipeline
) -> None:
    dagster, days = deployment.dagster, deployment.days()
    deployment.change("by tags", 2)
    run_id = dagster.launch_range(days[0], days[-1])
    dagster.end_runs(run_id)
    assert deployment.has_read("by tags")
    deployment.change("newer", 2)
    dagster.end_runs(dagster.launch_range(days[0], days[-1]))
    assert deployment.has_read("newer")
    newest = rows(deployment.databases.warehouse, "select max(build_id) from serving.builds")

    dagster.end_runs(dagster.launch_again(run_id))

    assert (
        rows(deployment.databases.warehouse, "select max(build_id) from serving.builds") == newest
    )
    assert_equals_one_full_build(deployment, clean)
