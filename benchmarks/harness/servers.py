"""Servers for the benchmarks of the API: a refreshed home, and processes on free ports."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt
import psycopg

from benchmarks.harness.figures import Figure, table
from benchmarks.harness.load_generator import LoadError, get
from benchmarks.harness.load_generator import answer as answer_of
from config.settings import Settings
from warehouse.databases import Databases, open_databases
from warehouse.embedded.server import free_port

SECRET = "a secret that only benchmarks know, of 32 bytes"
# The limit is on, and never reached: what it costs is measured.
UNREACHED_RATE = "1000000"
START_SECONDS = 60.0
END_SECONDS = 20.0
COMMAND = str(Path(sys.executable).with_name("agent-analytics"))


@dataclass(frozen=True)
class Home:
    """A home with a published build, and its databases, up until the block ends."""

    directory: Path
    databases: Databases
    agents: list[str]
    as_of: str

    def environment(self, **variables: str) -> dict[str, str]:
        given = {"AGENT_ANALYTICS_HOME": str(self.directory), "JWT_SECRET": SECRET}
        # No server logs requests: the bare one does not either.
        given |= {"API_RATE_LIMIT": UNREACHED_RATE, "API_ACCESS_LOG": "off"}
        return {**os.environ, **given, **variables}

    def refresh(self) -> None:
        """A run of the pipeline in a process of its own."""
        command = [COMMAND, "refresh"]
        subprocess.run(command, env=self.environment(), check=True, capture_output=True)


@contextmanager
def refreshed_home(directory: Path | None, agents: int, days: int) -> Iterator[Home]:
    """The given home, or a new one of simulated agents that is removed at the end."""
    if directory:
        with _opened(directory) as home:
            yield home
        return
    with tempfile.TemporaryDirectory(prefix="agent-analytics-benchmark-") as folder:
        Path(folder).chmod(0o711)
        new = Path(folder) / "home"
        environment = {**os.environ, "AGENT_ANALYTICS_HOME": str(new)}
        size = ["--agents", str(agents), "--days", str(days)]
        for arguments in (["migrate"], ["simulate", *size], ["refresh"]):
            command = [COMMAND, *arguments]
            subprocess.run(command, env=environment, check=True, capture_output=True)
        with _opened(new) as home:
            yield home


@contextmanager
def _opened(directory: Path) -> Iterator[Home]:
    with open_databases(Settings(home=directory)) as databases:
        with psycopg.connect(databases.warehouse) as connection:
            rows = connection.execute("select distinct agent_id from serving.agent_kpis order by 1")
            agents = [agent for (agent,) in rows]
            [(as_of,)] = connection.execute(
                "select as_of::text from serving.builds order by build_id desc limit 1"
            )
        yield Home(directory, databases, agents, as_of)


def token(agent: str) -> str:
    claims = {"sub": agent, "role": "agent", "exp": int(time.time()) + 24 * 3600}
    return jwt.encode(claims, SECRET, algorithm="HS256")


@contextmanager
def server(
    command: Sequence[str], port: int, path: str, environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that answers at the path of a port, until the block ends."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_answering(process, port, path)
        yield process
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def wait_until_answering(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, _ = answer_of(port, get(path))
        except (OSError, LoadError):
            status = 0
        if status == 200:
            return
        time.sleep(0.01)
    raise LoadError(f"{process.args!r} does not answer")


@contextmanager
def uvicorn(
    application: str, path: str, environment: dict[str, str], *options: str
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """One worker without an access log, and its port."""
    port = free_port(None)
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), *options]
    command += ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "4"]
    with server(command, port, path, environment) as process:
        yield port, process


@contextmanager
def api(home: Home, **variables: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    environment = home.environment(**variables)
    with uvicorn("api.app:create_app", "/health/ready", environment, "--factory") as running:
        yield running


def run_and_print(
    description: str | None, measure: Callable[[Path | None, int], list[Figure]]
) -> None:
    """Command line of a single benchmark: runs it and prints its figures."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--home", type=Path, help="A home with a published build.")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(table(measure(options.home, options.rounds)))
