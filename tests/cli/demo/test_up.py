"""`up` starts everything, prints the addresses, and leaves nothing behind."""

import signal
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from cli.demo.summary import get_json
from cli.serve import is_free
from tests.support.paths import SMALL
from tests.support.servers.command_line import CommandLine, end, processes_of
from tests.support.servers.dagster_graphql import DagsterGraphql
from tests.support.servers.demo_process import READY_SECONDS, SIMULATED, Demo, in_dagster, runs
from tests.support.waiting import PATIENCE, wait_until

pytest_plugins = ["tests.support.fixtures.home"]
pytestmark = pytest.mark.timeout(1800)

NEWEST_LEAD_DATE = "2024-03-01"


def test_the_demo_answers_at_the_printed_addresses_and_ends_with_ctrl_c(home: Path) -> None:
    command_line = CommandLine(home)
    demo = Demo(command_line, *SIMULATED)
    assert demo.running is not None
    addresses = demo.running.addresses
    for address in (addresses.api, f"{addresses.api}/docs", addresses.dagster):
        assert address in demo.printed
    body = demo.answer()
    assert body["agentId"] in demo.printed
    assert f"1 of {body['kpis']['totalAgents']}" in demo.printed
    assert "dagster_webserver_version" in get_json(f"{addresses.dagster}/server_info")
    with closing(DagsterGraphql(addresses.dagster)) as dagster:
        missing = dagster.missing_partitions()
    assert missing
    assert set(missing.values()) == {0}
    assert command_line.error_line("up").startswith(f"already running: API {addresses.api}")
    assert end(demo.process) == 0
    assert [name for name in processes_of(home).values() if "postgres" not in name] == []
    for address in (addresses.api, addresses.dagster):
        assert is_free("127.0.0.1", int(address.rpartition(":")[2]))


def test_a_killed_demo_leaves_nothing_that_the_next_cannot_repair(home: Path) -> None:
    command_line = CommandLine(home)
    with (home / "killed.txt").open("w") as output:
        killed = command_line.start("up", *SIMULATED, stdout=output, stderr=output)
    wait_until(lambda: "extract and load:" in (home / "killed.txt").read_text(), READY_SECONDS)
    end(killed, signal.SIGKILL)
    # As if Dagster had been killed between creating its tables and recording their version.
    in_dagster(home, "delete from alembic_version")
    demo = Demo(command_line)
    assert "loaded before" in demo.printed
    assert in_dagster(home, "select version_num <> '' from alembic_version") == [(True,)]
    assert [status for _, status in runs(home)][:2] == ["FAILURE", "SUCCESS"]
    end(demo.process, signal.SIGKILL)
    wait_until(lambda: not processes_of(home))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("killed", "message"),
    [
        ("-m cli.main serve", "api was killed by SIGKILL"),
        ("-m cli.processes.process_reaper", "process reaper was killed by SIGKILL"),
        ("-m dagster dev", "dagster was killed by SIGKILL"),
        ("-m dagster_webserver", "dagster ended with code 0"),
        ("-m dagster._daemon", "dagster ended with code 0"),
    ],
)
def test_when_a_service_dies_the_demo_says_which_and_ends(
    home: Path, killed: str, message: str
) -> None:
    demo = Demo(CommandLine(home), *SIMULATED)
    (pid,) = (pid for pid, running in processes_of(home).items() if killed in running)
    subprocess.run(["kill", "-KILL", str(pid)], check=True)
    assert demo.process.wait(PATIENCE) == 1
    assert f"error: {message}" in demo.printed
    wait_until(lambda: not processes_of(home))


@pytest.mark.slow
def test_other_data_take_the_place_of_what_the_demo_has_loaded(home: Path) -> None:
    command_line = CommandLine(home)
    demo = Demo(command_line, *SIMULATED)
    end(demo.process)
    demo = Demo(command_line, "--data", str(SMALL))
    assert f"by {SMALL}, in new databases" in demo.printed
    assert f"as-of date: {NEWEST_LEAD_DATE}, the day of the newest lead" in demo.printed
    assert demo.answer()["meta"]["asOf"] == NEWEST_LEAD_DATE
    end(demo.process)
    detached = command_line.succeed("up", "--detach")
    assert f"{SMALL}, loaded before" in detached
    assert "`agent-analytics down` stops everything" in detached
    assert "Ctrl-C" not in detached
    assert "nothing is running" not in command_line.run("down").stderr
    assert "nothing is running" in command_line.run("down").stderr
