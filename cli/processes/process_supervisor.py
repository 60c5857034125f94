"""The processes that run beside a command, which end with it however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from cli.processes.process_reaper import end_group
from config.user_error import UserError
from pipelines.dagster_support.process_identity import how_ended

END_SECONDS = 15.0
POLL_SECONDS = 0.2
QUOTED_LINES = 12


@contextmanager
def interrupt_on_signals() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal raise KeyboardInterrupt inside the block, once.

    Also where SIGINT was ignored from the start, as it is for what a shell runs in background.
    """
    asked_by = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(_number: int, _frame: object) -> None:
        for number in asked_by:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in asked_by:
        signal.signal(number, end)
    yield


class Services:
    """Services in one process group under a guard, each with a log of its own.

    The guard keeps the file `lock` open, so that whoever waits for that waits for them all.
    Where a `parent` is given, all ends with that process as with Ctrl-C.
    """

    def __init__(
        self,
        logs: Path,
        environment: dict[str, str],
        lock: int | None = None,
        parent: int | None = None,
    ) -> None:
        self.logs = logs
        # A file of the working directory must not pass for a package of the same name.
        self.environment = {**os.environ, **environment, "PYTHONSAFEPATH": "1"}
        self._lock = lock
        self._parent = parent
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        self._guard = subprocess.Popen(
            [sys.executable, "-P", "-m", "cli.processes.process_reaper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            pass_fds=() if self._lock is None else (self._lock,),
        )
        assert self._guard.stdout is not None
        if not self._guard.stdout.readline():
            raise UserError(f"the guard of the services {how_ended(self._guard.wait())}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        deadline = time.monotonic() + END_SECONDS
        while self._guard.poll() is None and time.monotonic() < deadline:
            self._collect()
            time.sleep(POLL_SECONDS / 4)
        if self._guard.returncode != 0:
            self._guard.kill()
            end_group(self._guard.pid)
        for process in (*self._running.values(), self._guard):
            process.wait()

    def start(self, name: str, command: list[str]) -> None:
        """Starts a service that is to run until the end."""
        with (self.logs / f"{name}.log").open("wb") as log:
            self._running[name] = self._spawn(command, log.fileno())

    def run(self, name: str, command: list[str]) -> None:
        """Runs a command to its end, on this terminal; UserError where it fails."""
        process = self._running[name] = self._spawn(command, None)
        while process.poll() is None:
            self.check()
            time.sleep(POLL_SECONDS / 4)
        del self._running[name]
        if process.returncode:
            raise UserError(f"{name} failed (exit code {process.returncode})")

    def check(self) -> None:
        """UserError where a service has ended by itself, with the last lines of its log."""
        if self._parent not in (None, os.getppid()):
            raise KeyboardInterrupt
        for name, process in self._running.items():
            if process.poll() is not None and (self.logs / f"{name}.log").exists():
                raise UserError(
                    f"{name} {how_ended(process.returncode)}:\n{self._last_lines(name)}"
                )
        if self._guard.poll() is not None:
            raise UserError(f"the guard of the services {how_ended(self._guard.returncode)}")

    def watch(self) -> None:
        """Returns never: raises what `check` raises."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def _spawn(self, command: list[str], output: int | None) -> "subprocess.Popen[bytes]":
        def undo_inherited() -> None:
            # A shell's `&` leaves SIGINT ignored, and whoever started so could not be asked to end.
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        return subprocess.Popen(  # noqa: S603
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self.environment,
            process_group=self._guard.pid,
            preexec_fn=undo_inherited,
        )

    def _last_lines(self, name: str) -> str:
        text = (self.logs / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.strip().splitlines()[-QUOTED_LINES:])

    def _collect(self) -> None:
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(0)
