"""dbt's own process: it ends with whoever started it, and nothing that it was doing goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.settings import Settings
from pipelines.transformation.dbt_client import DbtProcess, ahead, dbt_ahead
from pipelines.transformation.dbt_project import DbtError
from tests.support.servers.command_line import wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.project_copy",)
DEADLINE_SECONDS = 60.0
MODELS = {
    "at_once": "{{ config(materialized='table') }} select 1 as number",
    "endless": "{{ config(materialized='table') }}"
    " select pg_sleep(3600)::text from {{ ref('at_once') }}",
}
BOTH = ["--select", *MODELS]
# Their events are more than a pipe holds.
MANY = {f"one_of_many_{number}": "select 1 as number" for number in range(60)}
TELLING_SECONDS = 5.0
OWNER = """
import sys
from pathlib import Path
from config import paths
from pipelines.transformation.dbt_client import DbtProcess
from config.settings import Settings

paths.DBT_PROJECT = Path(sys.argv[2])
for event in DbtProcess(Settings(), sys.argv[1]).build(["--select", "at_once", "endless"], {}):
    print(event["data"]["node_info"]["node_name"], flush=True)
"""


@pytest.fixture
def project(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With a model that is never finished; a home beside it."""
    for name, text in {**MODELS, **MANY}.items():
        (project / "models" / "staging" / f"{name}.sql").write_text(text)
    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(tmp_path / "home"))
    return project


@pytest.fixture
def dbt(project: Path, databases: Databases) -> Iterator[DbtProcess]:
    assert project.is_dir()
    process = DbtProcess(Settings(), databases.warehouse)
    yield process
    process.end()


def sleeping(databases: Databases) -> list[int]:
    """The sessions that run the model which is never finished."""
    with psycopg.connect(databases.warehouse) as connection:
        rows = connection.execute(
            "select pid from pg_stat_activity where query like '%pg_sleep(3600)%'"
            " and state = 'active' and pid <> pg_backend_pid()"
        ).fetchall()
    return [pid for (pid,) in rows]


def left_behind(home: Path) -> list[Path]:
    return list((home / "dbt").glob("build-*"))


def test_whoever_stops_listening_ends_what_it_builds(dbt: DbtProcess, databases: Databases) -> None:
    events = dbt.build(BOTH, {})
    assert next(events)["data"]["node_info"]["node_name"] == "at_once"
    wait_until(lambda: bool(sleeping(databases)), DEADLINE_SECONDS)
    assert left_behind(Settings().home)
    events.close()  # type: ignore[attr-defined]
    assert dbt.has_ended
    assert sleeping(databases) == []
    assert left_behind(Settings().home) == []


def test_who_is_slow_to_listen_need_not_kill_it(dbt: DbtProcess) -> None:
    events = dbt.build(["--select", *MANY], {})
    assert next(events)["data"]["node_info"]["node_name"] in MANY
    time.sleep(TELLING_SECONDS)
    events.close()  # type: ignore[attr-defined]
    # As one that had to be killed leaves it.
    assert left_behind(Settings().home) == []


@pytest.mark.parametrize("waited_for", ["build-*", "partial_parse.msgpack"])
def test_one_that_was_asked_nothing_leaves_nothing(dbt: DbtProcess, waited_for: str) -> None:
    """While dbt is being imported, and when it has parsed and waits."""
    home = Settings().home
    wait_until(lambda: list((home / "dbt").glob(waited_for)), DEADLINE_SECONDS)
    dbt.end()
    assert left_behind(home) == []


def test_it_ends_with_an_owner_that_was_killed(project: Path, databases: Databases) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, databases.warehouse, str(project)],
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "at_once\n"
        wait_until(lambda: bool(sleeping(databases)), DEADLINE_SECONDS)
        owner.kill()
    wait_until(lambda: not sleeping(databases), DEADLINE_SECONDS)
    wait_until(lambda: not left_behind(Settings().home), DEADLINE_SECONDS)


def test_it_says_by_what_it_was_killed(dbt: DbtProcess, databases: Databases) -> None:
    events = dbt.build(BOTH, {})
    next(events)
    wait_until(lambda: bool(sleeping(databases)), DEADLINE_SECONDS)
    try:
        os.kill(dbt.pid, signal.SIGKILL)
        with pytest.raises(DbtError, match="dbt was killed by SIGKILL before it had a result"):
            list(events)
    finally:
        with psycopg.connect(databases.warehouse, autocommit=True) as connection:
            for pid in sleeping(databases):
                connection.execute("select pg_terminate_backend(%s, 5000)", [pid])


def test_a_project_that_does_not_parse_is_told_when_it_is_to_be_built(
    project: Path, databases: Databases
) -> None:
    (project / "models" / "staging" / "endless.sql").write_text("{% if %}")
    process = DbtProcess(Settings(), databases.warehouse)
    try:
        with pytest.raises(DbtError, match=r"dbt parse: .*endless"):
            list(process.build(BOTH, {}))
    finally:
        process.end()


def test_it_is_ready_for_the_project_that_it_has_parsed(
    dbt: DbtProcess, project: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()
    assert dbt.is_ready_for(settings, databases.warehouse)
    assert not dbt.is_ready_for(settings, databases.operational)
    with monkeypatch.context() as patched:
        patched.setenv("ANALYTICS_TIMEZONE", "Asia/Tokyo")
        assert not dbt.is_ready_for(Settings(), databases.warehouse)
    model = project / "models" / "staging" / "at_once.sql"
    model.write_text("{{ config(materialized='table') }} select 2 as number")
    assert not dbt.is_ready_for(settings, databases.warehouse)
    model.write_text(MODELS["at_once"])
    assert dbt.is_ready_for(settings, databases.warehouse)
    list(dbt.build(["--select", "at_once"], {}))
    assert not dbt.is_ready_for(settings, databases.warehouse)


def test_what_was_begun_ahead_is_for_the_first_to_ask(project: Path, databases: Databases) -> None:
    assert project.is_dir()
    assert ahead() is None
    with dbt_ahead(Settings(), databases.warehouse):
        process = ahead()
        assert process is not None
        assert ahead() is None
        list(process.build(["--select", "at_once"], {}))
    assert process.has_ended
    with dbt_ahead(Settings(), databases.warehouse):
        pass
    assert ahead() is None
