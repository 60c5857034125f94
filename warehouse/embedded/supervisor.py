"""Supervisor process of the embedded Postgres: starts it and stops it after its last user."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from warehouse.embedded.file_locks import open_lock, try_lock, wait_for_lock
from warehouse.embedded.server import Cluster, PostgresServerError, find_binaries, free_port

POLL_SECONDS = 0.1
STARTING_POLL_SECONDS = 0.02
STOP_SECONDS = 20
ORPHAN_SECONDS = 3
PORT_ATTEMPTS = 3


def main() -> None:
    """Supervise `DIRECTORY durable|volatile`, detached from the process that started it."""
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("supervisor: stopped by SIGTERM"))
    try:
        supervise(Path(sys.argv[1]), durable=sys.argv[2] == "durable")
    except PostgresServerError as error:
        sys.exit(str(error))


def supervise(directory: Path, *, durable: bool) -> None:
    """Run Postgres until its last user has left; raises PostgresServerError if it exits before."""
    users = open_lock(directory / "users.lock")
    alive = open_lock(directory / "server.lock")
    cluster = Cluster(directory, find_binaries())
    _end_orphan(cluster, alive)
    cluster.create()
    for attempt in range(PORT_ATTEMPTS):
        port = free_port(_saved_port(directory))
        process = cluster.start(port=port, durable=durable, inherited=alive)
        try:
            if _serve(cluster, process, port, users):
                return
        finally:
            _stop(process)
            (directory / "server.json").unlink(missing_ok=True)
        if attempt + 1 < PORT_ATTEMPTS and free_port(port) != port:
            continue
        raise PostgresServerError(f"Postgres exited with code {process.returncode}")


def _serve(cluster: Cluster, process: "subprocess.Popen[bytes]", port: int, users: int) -> bool:
    """Return True, with the users' lock held, after the last user has left; False if it exits."""
    is_announced = False
    while process.poll() is None:
        if try_lock(users):
            return True
        if not is_announced and cluster.is_ready():
            _announce(cluster.directory, process.pid, port)
            is_announced = True
        time.sleep(POLL_SECONDS if is_announced else STARTING_POLL_SECONDS)
    return False


def _announce(directory: Path, pid: int, port: int) -> None:
    (directory / "port").write_text(str(port))
    unfinished = directory / "server.json.new"
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps({"pid": pid, "supervisor": os.getpid(), "port": port}))
    unfinished.rename(directory / "server.json")


def _saved_port(directory: Path) -> int | None:
    try:
        return int((directory / "port").read_text())
    except (FileNotFoundError, ValueError):
        return None


def _end_orphan(cluster: Cluster, alive: int) -> None:
    """Wait for the server of a killed supervisor to end; its processes hold the inherited lock."""
    if not wait_for_lock(alive, seconds=ORPHAN_SECONDS):
        if (pid := cluster.postmaster_pid()) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        if not wait_for_lock(alive, seconds=STOP_SECONDS):
            raise PostgresServerError(f"an earlier Postgres (process {pid}) does not stop")
    cluster.remove_pid_file()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    for number, seconds in (
        (signal.SIGINT, STOP_SECONDS),
        (signal.SIGQUIT, 5),
        (signal.SIGKILL, 5),
    ):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    main()
