"""A running `up`: what it has printed, where it is, and what its Dagster has run."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from cli.demo.lock import Running, running_demo
from config.settings import Settings
from tests.support.servers.command_line import CommandLine
from tests.support.waiting import wait_until
from warehouse.databases import open_databases

SIMULATED = ["--agents", "4", "--days", "40"]
READY_SECONDS = 600
RUNS = "select run_id, status from public.runs order by id"


class Demo:
    """A running `up` and the lines that it has printed."""

    def __init__(self, command_line: CommandLine, *arguments: str) -> None:
        self.home = command_line.home
        self.log = self.home / "printed.txt"
        with self.log.open("w") as output:
            self.process = command_line.start(
                "up", *arguments, stdout=output, stderr=subprocess.STDOUT
            )
        wait_until(lambda: self.process.poll() is not None or self.running, READY_SECONDS)
        assert self.process.poll() is None, self.printed

    @property
    def printed(self) -> str:
        return self.log.read_text()

    @property
    def running(self) -> Running | None:
        found = running_demo(self.home)
        return found if found and found.is_ready else None

    def answer(self) -> dict[str, Any]:
        """What the printed request gets when it is pasted into a shell."""
        request = re.search(r"^curl .*$", self.printed, re.MULTILINE)
        assert request is not None
        done = subprocess.run(
            ["bash", "-c", request[0].replace("curl ", "curl --silent --fail --noproxy '*' ", 1)],
            capture_output=True,
            text=True,
            check=True,
        )
        body: dict[str, Any] = json.loads(done.stdout)
        return body


def runs(home: Path) -> list[tuple[str, str]]:
    return in_dagster(home, RUNS)


def in_dagster(home: Path, statement: LiteralString) -> list[Any]:
    """Result of a statement in Dagster's storage; no rows if it returns none."""
    with (
        open_databases(Settings(home=home, _env_file=None)) as databases,
        psycopg.connect(databases.dagster or "") as connection,
    ):
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
