"""Embedded Postgres of a home directory, shared by all commands that run at the same time.

The first command starts a supervisor, later ones join, and the supervisor stops Postgres when the
last has left. File locks count the users, so a killed command leaves nothing behind.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from warehouse.embedded.file_locks import held_lock, is_held, open_lock, try_lock
from warehouse.embedded.server import OWNER

API_ROLE = "agent_analytics_api"
START_SECONDS = 60.0
CONNECT_SECONDS = 5
POLL_SECONDS = 0.02
LOG_BYTES = 10_000_000
QUOTED_LOG_LINES = 5


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be used; the message may end with the last lines of its log."""


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    supervisor_pid: int
    password: str = field(repr=False)
    api_password: str = field(repr=False)

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def api_url(self, database: str) -> str:
        return f"postgresql://{API_ROLE}:{self.api_password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def embedded_server(
    directory: Path, *, databases: Sequence[str] = (), durable: bool = True
) -> Iterator[Server]:
    """Start or join the server of `directory`; it stops after its last user.

    Creates missing `databases`. Without `durable` the data may be lost in a crash of the machine.
    Raises EmbeddedPostgresError.
    """
    _make_directory(directory)
    with ExitStack() as stack:
        try:
            lock = held_lock(directory / "users.lock", seconds=START_SECONDS, shared=True)
            stack.enter_context(lock)
            with held_lock(directory / "start.lock", seconds=START_SECONDS):
                server = _join(directory, databases, durable=durable)
        except TimeoutError as error:
            raise EmbeddedPostgresError(str(error)) from error
        yield server


def running_server(directory: Path) -> Server | None:
    """Return the server that another process keeps running in `directory`; None without one."""
    return _ready_server(directory, _credentials(directory), ()) if is_running(directory) else None


def is_running(directory: Path) -> bool:
    """Return whether any process of the server is alive, even one that is shutting down."""
    return is_held(directory / "supervisor.lock") or is_held(directory / "server.lock")


def _join(directory: Path, databases: Sequence[str], *, durable: bool) -> Server:
    credentials = _credentials(directory)
    log_start: int | None = None
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        supervisor = open_lock(directory / "supervisor.lock")
        try:
            if try_lock(supervisor):
                if log_start is not None:
                    raise EmbeddedPostgresError(_failure(directory, log_start))
                log_start = _start_supervisor(directory, supervisor, durable=durable)
            elif server := _ready_server(directory, credentials, databases):
                return server
        finally:
            os.close(supervisor)
        time.sleep(POLL_SECONDS)
    raise EmbeddedPostgresError(_failure(directory, log_start or 0))


def _start_supervisor(directory: Path, lock: int, *, durable: bool) -> int:
    """Pass the held lock on to a new supervisor; return the position where its log starts."""
    (directory / "server.json").unlink(missing_ok=True)
    log = directory / "log"
    mode = "durable" if durable else "volatile"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.rename(directory / "log.old")
    log.touch(mode=0o600)
    with log.open("ab") as stream:
        log_start = stream.tell()
        subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-m", "warehouse.embedded.supervisor", str(directory), mode],
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            pass_fds=(lock,),
        )
    return log_start


def _ready_server(
    directory: Path, credentials: dict[str, str], databases: Sequence[str]
) -> Server | None:
    """Return the server if it accepts connections, with its databases created; else None."""
    try:
        state = json.loads((directory / "server.json").read_text())
    except FileNotFoundError:
        return None
    server = Server(state["port"], state["pid"], state["supervisor"], **credentials)
    try:
        with psycopg.connect(
            server.url("postgres"), autocommit=True, connect_timeout=CONNECT_SECONDS
        ) as connection:
            present = {name for (name,) in connection.execute("select datname from pg_database")}
            for name in databases:
                if name not in present:
                    connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    except psycopg.OperationalError:
        return None
    return server


def _make_directory(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    # As root, the server runs as another account, which needs to enter this directory.
    directory.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _credentials(directory: Path) -> dict[str, str]:
    path = directory / "credentials.json"
    if not path.exists():
        if (directory / "data").exists():
            raise EmbeddedPostgresError(
                f"{path} is missing, but needed to open the data next to it:"
                f" restore the file, or remove {directory} to start from scratch"
            )
        unfinished = directory / "credentials.json.new"
        unfinished.touch(mode=0o600)
        passwords = {"password": secrets.token_hex(24), "api_password": secrets.token_hex(24)}
        unfinished.write_text(json.dumps(passwords))
        unfinished.rename(path)
    return dict(json.loads(path.read_text()))


def _failure(directory: Path, log_start: int) -> str:
    with (directory / "log").open("rb") as stream:
        stream.seek(log_start)
        lines = stream.read().decode(errors="replace").strip().splitlines()
    quoted = "\n".join(lines[-QUOTED_LOG_LINES:])
    return f"embedded Postgres did not start (log: {directory / 'log'}): {quoted}"
