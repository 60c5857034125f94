"""A dbt build in this process: it stops on an interrupt, and none of its threads continues."""

import json
import os
import signal
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import pytest

from config.settings import Settings
from pipelines.dbt_project import DbtError, database_name, parse, target_folder
from pipelines.resources import WarehouseResource
from pipelines.transformation import dbt_build
from pipelines.transformation.dbt_resource import DbtResource
from tests.support.waiting import wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.project_copy",)
TABLE = "{{ config(materialized='table') }} "
SLEEP = TABLE + "select pg_sleep(3600)::text from {{ ref('first') }}"
# dbt builds two models at a time: one that depends only on `first` is next when one of them ends.
MODELS = {
    "first": TABLE + "select {{ var('min_leads_to_rank') }} as number",
    "endless": SLEEP,
    "endless_too": SLEEP,
    "never": TABLE + "select 1 as number from {{ ref('first') }}",
    "by_var": TABLE + "select {{ var('response_half_life_hours') }} as number",
}
ENDLESS = ["--select", "first", "endless", "endless_too", "never"]
DBT_SESSIONS = """
select pid, query from pg_stat_activity where application_name like 'agent-analytics dbt %'
"""


@pytest.fixture
def project(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with models that never finish, and a home."""
    for name, text in MODELS.items():
        (project / "models" / "staging" / f"{name}.sql").write_text(text)
    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(tmp_path / "home"))
    return project


def build(
    databases: Databases, *arguments: str, **variables: Any
) -> Generator[dict[str, Any], None, None]:
    return DbtResource().build(Settings(), databases.warehouse, list(arguments), variables)


def names(events: Iterator[dict[str, Any]]) -> list[str]:
    return [event["data"]["node_info"]["node_name"] for event in events]


def sessions(databases: Databases) -> list[tuple[int, str]]:
    """Process and current or last statement of dbt's sessions."""
    with psycopg.connect(databases.warehouse) as connection:
        return connection.execute(DBT_SESSIONS).fetchall()


def is_asleep(databases: Databases) -> bool:
    return sum("pg_sleep" in query for _, query in sessions(databases)) == 2


def rows(databases: Databases, relation: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(databases.warehouse) as connection:
        return connection.execute(f"select * from {relation}".encode()).fetchall()


def assert_nothing_is_left(databases: Databases) -> None:
    assert sessions(databases) == []
    assert "dbt" not in {thread.name for thread in threading.enumerate()}
    assert list((Settings().home / "dbt").glob("target-*")) == []
    with psycopg.connect(databases.warehouse) as connection:
        built = connection.execute(
            "select table_name from information_schema.tables where table_name = any(%s)",
            [list(MODELS)],
        ).fetchall()
    assert built == [("first",)]


def test_a_caller_that_closes_the_events_ends_the_build(
    project: Path, databases: Databases
) -> None:
    assert project.is_dir()
    with closing(build(databases, *ENDLESS)) as events:
        assert next(events)["data"]["node_info"]["node_name"] == "first"
        wait_until(lambda: is_asleep(databases))
    assert_nothing_is_left(databases)


def test_an_interruption_between_two_events_ends_the_build(
    project: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dagster raises it in its own frames, while the step's generator is suspended."""
    assert project.is_dir()
    monkeypatch.setenv("OPERATIONAL_DATABASE_URL", databases.operational)
    monkeypatch.setenv("WAREHOUSE_DATABASE_URL", databases.warehouse)
    with (
        dg.build_init_resource_context() as context,
        suppress(KeyboardInterrupt),
        WarehouseResource().yield_for_execution(context) as resource,
    ):
        events = build(databases, *ENDLESS)
        resource.close_at_end(events)
        assert next(events)["data"]["node_info"]["node_name"] == "first"
        wait_until(lambda: is_asleep(databases))
        raise KeyboardInterrupt
    assert_nothing_is_left(databases)


def test_sessions_that_dbt_does_not_end_are_terminated(
    project: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.is_dir()
    monkeypatch.setattr(dbt_build, "STOP_SECONDS", 0)
    with closing(build(databases, *ENDLESS)) as events:
        assert next(events)["data"]["node_info"]["node_name"] == "first"
        wait_until(lambda: is_asleep(databases))
    assert_nothing_is_left(databases)


def test_a_build_that_does_not_stop_is_an_error(
    project: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.is_dir()
    monkeypatch.setattr(dbt_build, "STOP_SECONDS", 0.1)
    monkeypatch.setattr(dbt_build, "TERMINATE_SECONDS", 0.1)
    events = build(databases, *ENDLESS)
    next(events)
    wait_until(lambda: is_asleep(databases))
    frozen = [pid for pid, _ in sessions(databases)]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(DbtError, match="dbt has not stopped after 0 s") as raised:
            events.close()
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    assert raised.value.is_permanent
    wait_until(lambda: "dbt" not in {thread.name for thread in threading.enumerate()})
    wait_until(lambda: sessions(databases) == [])


def test_ctrl_c_ends_the_build(project: Path, databases: Databases) -> None:
    assert project.is_dir()

    def interrupt() -> None:
        try:
            wait_until(lambda: is_asleep(databases))
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    interrupting = threading.Thread(target=interrupt)
    # A shell starts its background jobs with SIGINT ignored.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        interrupting.start()
        with pytest.raises(KeyboardInterrupt):
            names(build(databases, *ENDLESS))
    finally:
        signal.signal(signal.SIGINT, handler)
    interrupting.join()
    assert_nothing_is_left(databases)


def test_a_project_that_does_not_parse_is_an_error(project: Path, databases: Databases) -> None:
    (project / "models" / "staging" / "endless.sql").write_text("{% if %}")
    with pytest.raises(DbtError, match=r"dbt parse: .*endless"):
        names(build(databases, *ENDLESS))


def test_each_build_has_its_own_vars(project: Path, databases: Databases) -> None:
    """A build has the vars it is given, and the project's current values of the others."""
    both = ["--select", "first", "by_var"]
    assert sorted(names(build(databases, *both, min_leads_to_rank=5))) == ["by_var", "first"]
    assert rows(databases, "staging.first") == [(5,)]
    assert rows(databases, "staging.by_var") == [(4,)]

    file = project / "dbt_project.yml"
    text = file.read_text()
    file.write_text(text.replace("response_half_life_hours: 4", "response_half_life_hours: 6"))
    assert file.read_text() != text
    assert sorted(names(build(databases, *both, min_leads_to_rank=7))) == ["by_var", "first"]
    assert rows(databases, "staging.first") == [(7,)]
    assert rows(databases, "staging.by_var") == [(6,)]


def test_only_changed_files_are_parsed_again(project: Path, databases: Databases) -> None:
    """A build parses for no server in particular, and its vars come later."""

    def parsed() -> int:
        with target_folder(Settings()) as target:
            parse(Settings(), database_name(databases.warehouse), target, "--write-json")
            report = json.loads((target / "perf_info.json").read_text())
        return sum(each["parsed_path_count"] for each in report["projects"])

    assert parsed() > len(MODELS)
    assert parsed() == 0
    names(build(databases, "--select", "first", min_leads_to_rank=5))
    assert parsed() == 0
    (project / "models" / "staging" / "by_var.sql").write_text("select 1 as number")
    assert parsed() == 1
