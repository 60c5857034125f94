"""One demo at a time per home: who holds it, where it answers, and how it is ended."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.console import Terminal
from config.user_error import UserError
from pipelines.dagster_support.process_identity import ProcessIdentity
from warehouse.embedded.file_locks import is_held, open_lock, try_lock, wait_for_lock
from warehouse.embedded.shared_server import is_running

END_SECONDS = 30.0
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Addresses:
    api: str
    dagster: str


@dataclass(frozen=True)
class Running:
    """A demo that has chosen its addresses."""

    process: ProcessIdentity
    addresses: Addresses
    is_ready: bool


class DemoLock:
    """The lock of a home, held by the demo and by the guard of its services."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.descriptor = open_lock(home / "up.lock")

    def take(self, seconds: float = 0) -> bool:
        if seconds:
            return wait_for_lock(self.descriptor, seconds=seconds)
        return try_lock(self.descriptor)

    def write(self, addresses: Addresses, *, is_ready: bool) -> None:
        """Tells the others of this home."""
        told = {
            "process": str(ProcessIdentity.of_this_process()),
            "addresses": asdict(addresses),
            "is_ready": is_ready,
        }
        unfinished = self._home / "up.json.new"
        unfinished.write_text(json.dumps(told))
        unfinished.replace(self._home / "up.json")


@contextmanager
def only_demo(home: Path, terminal: Terminal) -> Iterator[DemoLock]:
    """UserError with the addresses of the demo that runs; one that is ending is waited for."""
    home.mkdir(parents=True, exist_ok=True)
    lock = DemoLock(home)
    try:
        if not lock.take():
            running = running_demo(home)
            if running is not None and not running.process.is_gone:
                where = f"API {running.addresses.api}, Dagster UI {running.addresses.dagster}"
                raise UserError(f"running already: {where}; `agent-analytics down` ends it")
            terminal.say("an earlier run is ending ...")
            if not lock.take(END_SECONDS):
                raise UserError(f"{home / 'up.lock'} is held by another process")
        # One that was killed has left its own.
        (home / "up.json").unlink(missing_ok=True)
        yield lock
    finally:
        os.close(lock.descriptor)


def running_demo(home: Path) -> Running | None:
    """The demo that holds the home, as far as it has told of itself."""
    if not is_held(home / "up.lock"):
        return None
    try:
        told = json.loads((home / "up.json").read_text())
    except FileNotFoundError:
        return None
    return Running(
        ProcessIdentity.parse(told["process"]), Addresses(**told["addresses"]), told["is_ready"]
    )


def down(home: Path, terminal: Terminal) -> None:
    """Ends the demo of the home and waits until nothing of it is left."""
    lock = home / "up.lock"
    if not is_held(lock):
        terminal.say("nothing is running")
        return
    running = running_demo(home)
    if running is not None and not running.process.is_gone:
        with suppress(ProcessLookupError):
            os.kill(running.process.pid, signal.SIGTERM)
    with terminal.step("down"):
        deadline = time.monotonic() + END_SECONDS
        while is_held(lock):
            if time.monotonic() > deadline:
                raise UserError(f"{lock} is still held")
            time.sleep(POLL_SECONDS)
        while is_running(home / "postgres") and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
