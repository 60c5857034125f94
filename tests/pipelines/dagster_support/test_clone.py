"""A clone with `.env` alone runs in `dagster dev` and `dg`; git ignores what they write there."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.support.paths import REPOSITORY, SMALL
from tests.support.servers.addresses import free_port
from tests.support.servers.command_line import CommandLine, end
from tests.support.servers.dagster_graphql import DagsterGraphql
from tests.support.waiting import wait_until

pytest_plugins = ["tests.support.fixtures.home"]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PROGRAMS = Path(sys.executable).parent
NOT_CLONED = shutil.ignore_patterns(
    ".*_cache", ".agent-analytics", ".env", ".git", ".hypothesis", ".venv", "__pycache__",
    "history", "logs", "node_modules", "schedules", "storage", "target",
)  # fmt: skip
PORT = 23500


@pytest.fixture
def clone(home: Path) -> Path:
    """The repository's files, with the `.env` that the README makes, for a home with data."""
    command_line = CommandLine(home)
    command_line.succeed("migrate")
    command_line.succeed("import", str(SMALL))
    folder = home / "clone"
    shutil.copytree(REPOSITORY, folder, ignore=NOT_CLONED)
    example = (folder / ".env.example").read_text()
    (folder / ".env").write_text(
        example.replace("AGENT_ANALYTICS_HOME=.agent-analytics", f"AGENT_ANALYTICS_HOME={home}")
    )
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    return folder


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def environment(clone: Path, **more: str) -> dict[str, str]:
    """Nothing of the settings, which come from `.env`."""
    variables = CommandLine(clone).environment
    del variables["AGENT_ANALYTICS_HOME"]
    return {**variables, **more}


@contextmanager
def developing(clone: Path, *command: str, **variables: str) -> Iterator[DagsterGraphql]:
    """A running development server, once it has loaded the definitions."""
    port = free_port(PORT)
    with (clone.parent / "dev.log").open("w") as log:
        process = subprocess.Popen(
            [str(PROGRAMS / command[0]), *command[1:], "--port", str(port)],
            cwd=clone,
            env=environment(clone, **variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            text=True,
            start_new_session=True,
            # A shell's `&` leaves SIGINT ignored, and Dagster ends with SIGINT.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def is_loaded() -> bool:
        assert process.poll() is None, (clone.parent / "dev.log").read_text()
        try:
            return graphql.is_loaded
        except (httpx.HTTPError, KeyError):
            return False

    with closing(DagsterGraphql(f"http://127.0.0.1:{port}")) as graphql:
        try:
            wait_until(is_loaded)
            yield graphql
        finally:
            end(process)


def test_dagster_dev_runs_the_refresh_in_a_clone(clone: Path) -> None:
    with developing(clone, "dagster", "dev", DAGSTER_HOME=str(clone)) as dagster:
        dagster.end_runs(dagster.launch_day(datetime.now(UTC).date()))
    assert (clone.parent / "dagster" / "history" / "runs.db").exists()
    assert (clone / "storage").exists()
    assert "?? " not in git(clone, "status", "--porcelain")


def test_dg_finds_checks_and_serves_the_definitions_of_a_clone(clone: Path) -> None:
    def dg(*arguments: str) -> str:
        return subprocess.run(
            [str(PROGRAMS / "dg"), *arguments],
            cwd=clone,
            env=environment(clone),
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    dg("check", "defs")
    listed = json.loads(dg("list", "defs", "--json"))
    assert "serving/agent_kpis" in {asset["asset_key"] for asset in listed["assets"]}
    with developing(clone, "dg", "dev"):
        pass
    assert "?? " not in git(clone, "status", "--porcelain")
