"""A Postgres server of one test, to stop, restart or freeze."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.waiting import wait_until
from warehouse.databases import EMBEDDED_DATABASES
from warehouse.embedded.shared_server import Server, embedded_server, is_running


@contextmanager
def own_server(directory: Path) -> Iterator[Server]:
    """The server with both databases; it has stopped when the block ends."""
    with embedded_server(directory, databases=EMBEDDED_DATABASES, durable=False) as server:
        yield server
    wait_until(lambda: not is_running(directory))


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """Stops the server's processes inside the block: connections hang and do not break."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    processes = [server.pid, *map(int, children.split())]
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(processes):
            os.kill(pid, signal.SIGCONT)
