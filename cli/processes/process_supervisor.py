"""Child-process supervisor: services that end with the command that started them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


class ProcessSupervisor:
    """Services of a command, each with a log file, that end when the command ends in any way.

    They form one process group under a process reaper. The reaper holds the file `lock` open, so
    that the lock is free again once all services have ended. If `parent` is given, the end of that
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
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        self._reaper = subprocess.Popen(  # noqa: S603
            REAPER,
            stdin=subprocess.PIPE,
            env=self.environment,
            process_group=0,
            pass_fds=self._locks,
        )
        self._processes["process reaper"] = self._reaper
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._reaper.stdin is not None
        if self._reaper.poll() is None:
            self._reaper.stdin.close()
            deadline = time.monotonic() + END_SECONDS
            while self._is_any_alive() and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS / 4)
        signal_group(self._reaper.pid, signal.SIGKILL)

    def start(self, name: str, command: list[str]) -> None:
        """Starts a Python service that runs until the command ends."""
        with (self.logs / f"{name}.log").open("wb") as log:
            self._processes[name] = self._spawn(command, log.fileno())

    def run(self, name: str, command: list[str]) -> None:
        """Runs a Python command on this terminal until it ends. UserError if it fails."""
        process = self._spawn(command, None)
        while (code := process.poll()) is None:
            self.check()
            time.sleep(POLL_SECONDS / 4)
        if code:
            raise UserError(f"{name} failed (exit code {code})")

    def check(self) -> None:
        """UserError with the last lines of its log if a service has ended."""
        if self._parent not in (None, os.getppid()):
            raise KeyboardInterrupt
        for name, process in self._processes.items():
            if (code := process.poll()) is not None:
                log = self._log(name)
                ending = f"{name} {_exit_status(code)}"
                raise UserError("\n".join([f"{ending}:", *log]) if log else ending)

    def watch(self) -> None:
        """Checks until a service ends; never returns."""
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def _spawn(self, command: list[str], output: int | None) -> "subprocess.Popen[bytes]":
        self.check()  # a group whose reaper has ended cannot be joined
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=self.environment,
            cwd=self._folder,
            process_group=self._reaper.pid,
        )

    def _is_any_alive(self) -> bool:
        # A process that has ended stays in its group until its parent waits for it.
        with suppress(ChildProcessError):
            while os.waitpid(-self._reaper.pid, os.WNOHANG)[0]:
                pass
        return signal_group(self._reaper.pid, 0)

    def _log(self, name: str) -> list[str]:
        log = self.logs / f"{name}.log"
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        return lines[-QUOTED_LINES:]


def _exit_status(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
