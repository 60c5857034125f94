"""Which processes are alive: told apart from a later one that got the same number."""

import os
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PROC = Path("/proc")
ZOMBIE = "Z"


@dataclass(frozen=True)
class ProcessIdentity:
    """A process of a host; `started` is whatever the system tells of its start."""

    host: str
    pid: int
    started: str

    @classmethod
    def of_this_process(cls) -> Self:
        return cls(socket.gethostname(), os.getpid(), _started(os.getpid()) or "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads what `str` wrote."""
        host, pid, started = text.split("/", 2)
        return cls(host, int(pid), started)

    def __str__(self) -> str:
        return f"{self.host}/{self.pid}/{self.started}"

    @property
    def is_gone(self) -> bool:
        """False for a process of another host: nothing is known of it here."""
        return self.host == socket.gethostname() and _started(self.pid) != self.started


def living_members(group: int) -> list[int]:
    """The processes of a group, dead ones that nobody has collected left out."""
    if not PROC.is_dir():
        listing = _ps("-A", "-o", "pgid=,pid=,stat=")
        rows = [line.split() for line in listing.splitlines()]
        return [int(pid) for pgid, pid, state in rows if pgid == str(group) and ZOMBIE not in state]
    members = []
    for folder in PROC.glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields and fields[2] == str(group) and fields[0] != ZOMBIE:
            members.append(int(folder.name))
    return members


def _started(pid: int) -> str | None:
    if not PROC.is_dir():
        return _ps("-o", "lstart=", "-p", str(pid)).strip() or None
    fields = _stat(pid)
    return fields[19] if fields and fields[0] != ZOMBIE else None


def _stat(pid: int) -> list[str]:
    """The fields of `/proc/<pid>/stat` from the state on, which is the third; see proc(5)."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _ps(*arguments: str) -> str:
    return subprocess.run(  # noqa: S603
        ["/bin/ps", *arguments], capture_output=True, text=True, check=False
    ).stdout


def how_ended(code: int) -> str:
    """What a process did that has this exit code, negative for a signal."""
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
