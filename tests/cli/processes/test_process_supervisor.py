"""Services end with the command that started them, however that ends."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers.command_line import processes_of
from tests.support.waiting import PATIENCE, wait_until
from warehouse.embedded.file_locks import is_held

pytest_plugins = ["tests.support.fixtures.home"]
RUNNING = len(["command", "process reaper", "service", "its child"])
SERVICE = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
print("started", flush=True)
time.sleep(3600)
"""
COMMAND = f"""
import sys, time
from pathlib import Path
from cli.processes.process_supervisor import ProcessSupervisor, interrupt_on_signals
from warehouse.embedded.file_locks import held_lock
home = Path(sys.argv[1])
with (
    interrupt_on_signals(),
    held_lock(home / "services.lock", seconds=60) as lock,
    ProcessSupervisor(home, {{}}, folder=home, lock=lock) as services,
):
    services.start("service", ["-c", {SERVICE!r}])
    services.run("step", ["-c", "print('ran')"])
    services.watch()
"""


@pytest.fixture
def command(home: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A running command with a service that ignores SIGTERM and has a child of its own."""
    with (home / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(home)],
            env={"AGENT_ANALYTICS_HOME": str(home)},
            stderr=errors,
        )
    try:
        wait_until(lambda: "started" in log(home, "service.log"))
        # The step has ended.
        wait_until(lambda: len(processes_of(home)) == RUNNING)
        yield process
    finally:
        process.kill()
        process.wait()


def log(home: Path, name: str) -> str:
    return (home / name).read_text() if (home / name).exists() else ""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_command(
    home: Path, command: "subprocess.Popen[bytes]", number: signal.Signals
) -> None:
    command.send_signal(number)
    command.wait(PATIENCE)
    wait_until(lambda: not is_held(home / "services.lock"))
    assert processes_of(home) == {}


@pytest.mark.parametrize(
    ("killed", "message"),
    [
        ("signal.SIG_IGN", "service was killed by SIGKILL:\nstarted\n"),
        ("process_reaper", "process reaper was killed by SIGKILL\n"),
    ],
)
def test_the_command_ends_with_a_service_that_dies(
    home: Path, command: "subprocess.Popen[bytes]", killed: str, message: str
) -> None:
    [pid] = [
        pid
        for pid, running in processes_of(home).items()
        if killed in running and pid != command.pid
    ]
    subprocess.run(["kill", "-KILL", str(pid)], check=True)
    assert command.wait(PATIENCE) == 1
    assert log(home, "errors.txt").endswith(f"UserError: {message}")
    wait_until(lambda: not processes_of(home))
