"""Each command works, one after another, in a home that starts empty."""

import signal
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jwt
import psycopg
import pytest

from cli.demo.summary import get_json
from cli.serve import is_free
from config.periods import periods
from config.settings import Settings
from tests.support.paths import SMALL
from tests.support.servers.addresses import answers, free_port
from tests.support.servers.command_line import AS_OF, CommandLine, end
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import open_databases

pytest_plugins = ["tests.support.fixtures.home"]


def test_migrating_and_importing_again_change_nothing(small: CommandLine) -> None:
    small.succeed("migrate", "--warehouse")
    small.succeed("migrate", "--operational")
    again = small.run("import", str(SMALL))
    assert "0 leads, 0 activities" in again.stderr


def test_status_counts_each_table_and_the_drift(small: CommandLine) -> None:
    status = small.document("status")
    assert status["build"]["asOf"] == AS_OF
    assert status["build"]["stale"] is False
    assert status["rows"]["operational"] == {"leads": 14, "agent_activity_log": 20}
    assert status["rows"]["raw"]["leads"] == 14
    assert status["rows"]["serving"]["agent_kpis"] == 4 * len(periods().periods)
    assert status["drift"] == {"leads": 0, "agent_activity_log": 0}
    assert status["lake"]["files"] > 0
    assert "agent_kpis" in small.succeed("status")


def test_a_refresh_tells_its_build_and_finds_nothing_new_the_second_time(
    small: CommandLine,
) -> None:
    again = small.document("refresh")
    assert (again["build_id"], again["is_new"], again["scope"]) == (1, False, "nothing")
    assert set(again["rows"]) >= {"extract_and_load", "dbt_build", "publish"}


def test_a_second_full_refresh_of_a_range_changes_nothing(small: CommandLine) -> None:
    repeated = small.document("refresh", "--from", "2024-02-01", "--to", "2024-02-29", "--full")
    assert (repeated["build_id"], repeated["is_new"], repeated["scope"]) == (1, False, "full")
    assert repeated["rows"]["extract_and_load"]["changed"] == 0


def test_reconciling_brings_back_what_raw_lost(small: CommandLine) -> None:
    settings = Settings(home=small.home, _env_file=None)
    with open_databases(settings) as databases, psycopg.connect(databases.warehouse) as connection:
        connection.execute("delete from raw.leads where lead_id = 'L03'")
    small.succeed("refresh", "--reconcile")
    assert small.document("status")["drift"] == {"leads": 0, "agent_activity_log": 0}


def test_a_dry_run_reports_to_people_programs_and_reviewers(small: CommandLine) -> None:
    changes = small.document("refresh", "--dry-run", "--reconcile")["changes"]
    assert changes["published_as_of"] == AS_OF
    assert (changes["agents"], changes["measures"]) == (0, [])
    result = small.run("metric-diff", "--markdown")
    assert result.stdout.splitlines()[1] == "* nothing would change"
    assert "metric diff: nothing is published" in result.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_token_opens_the_served_api(small: CommandLine, workers: str) -> None:
    token = small.succeed("token", "ana", "--days", "2").strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["sub"] == "ana"
    assert claims["exp"] - claims["iat"] == 2 * 86400
    port = free_port(18300)
    api = f"http://127.0.0.1:{port}"
    server = small.start(
        *["serve", "--port", str(port), "--workers", workers],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: answers(f"{api}/health/ready"))
        body: dict[str, Any] = get_json(f"{api}/agent/analytics/kpis", token)
        assert body["kpis"]["leadsHandled"] == 4
        assert body["kpis"]["totalRevenue"] == 1052.85
        assert small.error_line("serve", "--port", str(port)).startswith(
            f"port {port} of 127.0.0.1"
        )
    finally:
        # The guard ends the workers of a server that is killed.
        end(server, signal.SIGINT if workers == "1" else signal.SIGKILL)
    wait_until(lambda: is_free("127.0.0.1", port))


def test_the_version_is_that_of_the_distribution(home: Path) -> None:
    printed = CommandLine(home).run("--version")
    assert (printed.returncode, printed.stdout.strip()) == (0, version("agent-analytics"))


def test_light_commands_import_nothing_heavy(small: CommandLine, tmp_path: Path) -> None:
    small.environment["PYTHONPROFILEIMPORTTIME"] = "1"
    try:
        port = free_port(18500)
        # A file: the import times are more than a pipe holds.
        with (tmp_path / "imports.txt").open("w+") as output:
            server = small.start("serve", "--port", str(port), stderr=output)
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/health/ready"))
            server.terminate()
            server.wait(timeout=PATIENCE)
            imported = [(tmp_path / "imports.txt").read_text()]
        imported += [small.run(*command).stderr for command in (["--help"], ["token", "ana"])]
    finally:
        del small.environment["PYTHONPROFILEIMPORTTIME"]
    for text in imported:
        names = {line.rpartition("|")[2].strip().partition(".")[0] for line in text.splitlines()}
        assert "typer" in names
        assert not names & {"dagster", "dbt", "polars", "duckdb", "dagster_dbt"}


def test_simulated_activity_continues_until_it_is_terminated(home: Path) -> None:
    command_line = CommandLine(home)
    command_line.succeed("migrate", "--operational")
    done = command_line.run("simulate", "--agents", "3", "--days", "10", "--seed", "7")
    assert done.returncode == 0, done.stderr
    assert command_line.error_line("simulate") == "table public.leads is not empty"

    def leads() -> int:
        return int(command_line.document("status")["rows"]["operational"]["leads"])

    before = leads()
    live = command_line.start("simulate", "--live", "--rate", "50", stderr=subprocess.PIPE)
    assert live.stderr is not None
    with live.stderr as lines:
        assert "until Ctrl-C" in lines.readline()
        wait_until(lambda: leads() > before)
        assert end(live) == 0
    assert leads() > before
