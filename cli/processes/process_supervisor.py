"""Child-process supervisor: services that end with the command that started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cli.processes.process_reaper import signal_group
from config.user_error import UserError

REAPER = (sys.executable, "-P", "-m", "cli.processes.process_reaper")
END_SECONDS = 15.0
POLL_SECONDS = 0.2
QUOTED_LINES = 12


@contextmanager
def interrupt_on_signals() -> Iterator[None]:
    """Raises KeyboardInterrupt inside the block on SIGINT, SIGTERM or SIGHUP, only once.

    Also if SIGINT was ignored from the start, as a shell does for background commands.
    """
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def interrupt(_number: int, _frame: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, interrupt)
    yield


@dataclass(frozen=True)
class Service:
    """A command under its reaper, and the process group of the command."""

    reaper: "subprocess.Popen[bytes]"
    group: int

    def stop(self) -> None:
        """Lets the reaper end the group."""
        assert self.reaper.stdin is not None
        self.reaper.stdin.close()

    def wait(self, seconds: float) -> None:
        """Waits for the reaper; kills what it, itself killed or stuck, has left."""
        try:
            self.reaper.wait(seconds)
        except subprocess.TimeoutExpired:
            self.reaper.kill()
            self.reaper.wait()
        signal_group(self.group, signal.SIGKILL)


class ProcessSupervisor:
    """Services of a command, each with a log file, that end when the command ends in any way.

    Every service runs under a process reaper. The reapers hold the file `lock` open, so that
    the lock is free again once all services have ended. If `parent` is given, the end of that
    process interrupts the command like Ctrl-C.
    """

    def __init__(
        self,
        logs: Path,
        environment: dict[str, str],
        *,
        folder: Path | None = None,
        lock: int | None = None,
        parent: int | None = None,
    ) -> None:
        self.logs = logs
        # With PYTHONSAFEPATH no file of the working directory passes for a package.
        self.environment = {**os.environ, **environment, "PYTHONSAFEPATH": "1"}
        self._folder = folder
        self._locks = () if lock is None else (lock,)
        self._parent = parent
        self._services: dict[str, Service] = {}

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_error: object) -> None:
        for service in self._services.values():
            service.stop()
        deadline = time.monotonic() + END_SECONDS
        for service in self._services.values():
            service.wait(max(deadline - time.monotonic(), 0))

    def start(self, name: str, command: list[str]) -> None:
        """Starts a Python service that runs until the command ends."""
        with (self.logs / f"{name}.log").open("wb") as log:
            self._services[name] = self._spawn(name, command, log.fileno())

    def run(self, name: str, command: list[str]) -> None:
        """Runs a Python command on this terminal until it ends. UserError if it fails."""
        service = self._services[name] = self._spawn(name, command, None)
        while (code := service.reaper.poll()) is None:
            self.check()
            time.sleep(POLL_SECONDS / 4)
        del self._services[name]
        if code:
            raise UserError(f"{name} failed (exit code {code})")

    def check(self) -> None:
        """UserError with the last lines of its log if a service has ended."""
        if self._parent not in (None, os.getppid()):
            raise KeyboardInterrupt
        for name, service in self._services.items():
            code = service.reaper.poll()
            log = self.logs / f"{name}.log"
            if code is not None and log.exists():
                lines = log.read_text(errors="replace").strip().splitlines()[-QUOTED_LINES:]
                raise UserError("\n".join([f"{name} {_exit_status(code)}:", *lines]))

    def watch(self) -> None:
        """Checks until a service ends; never returns."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def _spawn(self, name: str, command: list[str], output: int | None) -> Service:
        reading, writing = os.pipe()
        try:
            reaper = subprocess.Popen(  # noqa: S603
                [*REAPER, str(writing), sys.executable, *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=self.environment,
                cwd=self._folder,
                process_group=0,
                pass_fds=(writing, *self._locks),
            )
        finally:
            os.close(writing)
        with os.fdopen(reading) as report:
            group = report.read()
        if not group:
            # Group 0 would be this process's own.
            reaper.kill()
            reaper.wait()
            raise UserError(f"{name} did not start: its process reaper ended")
        return Service(reaper, int(group))


def _exit_status(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
