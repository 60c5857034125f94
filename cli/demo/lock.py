"""Locks of the demo: one demo per home, its addresses, and how to stop it.

`up.lock` is held by `up` itself, `services.lock` by its process reapers too: it is free once every
service has ended.
"""

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
from warehouse.embedded.file_locks import held_lock, is_held, open_lock, wait_for_lock
from warehouse.embedded.shared_server import is_running

END_SECONDS = 30.0
POLL_SECONDS = 0.1
# A command that looks whether a demo is running holds the lock for a moment.
PROBE_SECONDS = 0.5


@dataclass(frozen=True)
class Addresses:
    api: str = "starting"
    dagster: str = "starting"


@dataclass(frozen=True)
class Running:
    """A running demo, as `up.json` describes it to other commands."""

    pid: int
    addresses: Addresses
    is_ready: bool


def announce(home: Path, addresses: Addresses, *, is_ready: bool) -> None:
    """Writes `up.json`, which describes this process as the home's demo."""
    running = Running(os.getpid(), addresses, is_ready)
    unfinished = home / "up.json.new"
    unfinished.write_text(json.dumps(asdict(running)))
    unfinished.replace(home / "up.json")


@contextmanager
def only_demo(home: Path, terminal: Terminal) -> Iterator[int]:
    """Takes both locks and yields the descriptor of `services.lock`.

    Waits for an ending demo to release them. UserError if a demo is running.
    """
    home.mkdir(parents=True, exist_ok=True)
    own = open_lock(home / "up.lock")
    try:
        if not wait_for_lock(own, seconds=PROBE_SECONDS):
            running = running_demo(home)
            addresses = running.addresses if running else Addresses()
            raise UserError(
                f"already running: API {addresses.api}, Dagster UI {addresses.dagster};"
                " `agent-analytics down` stops it"
            )
        # Replaces what a killed demo has left, before waiting for its services to end.
        announce(home, Addresses(), is_ready=False)
        if is_held(home / "services.lock"):
            terminal.say("waiting for an earlier run to end ...")
        with held_lock(home / "services.lock", seconds=END_SECONDS) as services:
            yield services
    except TimeoutError as error:
        raise UserError(str(error)) from None
    finally:
        os.close(own)


def running_demo(home: Path) -> Running | None:
    """Returns the demo of a home, None if none is running."""
    if not is_held(home / "up.lock"):
        return None
    try:
        running = json.loads((home / "up.json").read_text())
    except FileNotFoundError:
        return None
    return Running(running["pid"], Addresses(**running["addresses"]), running["is_ready"])


def down(home: Path, terminal: Terminal) -> None:
    """Ends the demo of a home, and waits until its services and its Postgres have ended."""
    locks = (home / "up.lock", home / "services.lock")
    if not any(map(is_held, locks)):
        terminal.say("nothing is running")
        return
    if running := running_demo(home):
        with suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGTERM)
    with terminal.step("down"):
        deadline = time.monotonic() + END_SECONDS
        while any(map(is_held, locks)):
            if time.monotonic() > deadline:
                raise UserError(f"the demo of {home} is still running after {END_SECONDS:.0f} s")
            time.sleep(POLL_SECONDS)
        while is_running(home / "postgres") and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
