"""The command line as its users meet it: processes of their own, each test with its own home."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.waiting import PATIENCE

AS_OF = "2024-02-29"
# What a developer's own environment must not bring into a test.
SETTINGS = (
    "ANALYTICS_",
    "API_",
    "JWT_",
    "OPERATIONAL_",
    "WAREHOUSE_",
    "DAGSTER_",
    "LAKE_",
    "CRM_",
    "OTEL_",
    "ALERT_",
)
TRACEBACK = "Traceback"


class CommandLine:
    """Runs commands in a home, with further settings."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)
        }
        self.environment = {**inherited, "AGENT_ANALYTICS_HOME": str(home), **settings}

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "cli.main", *arguments],
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            text=True,
            **options,
        )

    def run(self, *arguments: str, seconds: float = PATIENCE) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, errors = process.communicate(timeout=seconds)
        finally:
            process.kill()
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    def succeed(self, *arguments: str) -> str:
        """What a command that works prints on standard output."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def document(self, *arguments: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.succeed(*arguments, "--json"))
        return document

    def error_line(self, *arguments: str) -> str:
        """Returns the last line of a failed command; asserts that there is no traceback."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout
        assert TRACEBACK not in done.stderr
        line = done.stderr.strip().splitlines()[-1]
        assert line.startswith("error: ")
        assert done.stderr.count("error: ") == 1
        return line.removeprefix("error: ")


def processes_of(home: Path) -> dict[int, str]:
    """Command lines of the living processes that were started for a home, by their number."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (folder / "environ").read_bytes().decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        is_ours = str(home) in command or f"AGENT_ANALYTICS_HOME={home}\0" in environment
        if is_ours and state != "Z" and int(folder.name) != os.getpid():
            found[int(folder.name)] = command
    return found


def end(process: "subprocess.Popen[str]", number: signal.Signals = signal.SIGINT) -> int:
    process.send_signal(number)
    return process.wait(PATIENCE)
