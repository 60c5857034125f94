"""Who goes first where processors are short: whoever answers agents, and the pipeline after them.

A priority is only ever lowered, for which Linux asks no privilege. Where processors are idle it
costs nothing; where the system has no such files (`/proc`) all run alike.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from warehouse.embedded.server import OWNER

# Of a processor that one of the usual 0 wants as well, about a thirtieth; see sched(7).
NICE = 15
PROC = Path("/proc")
SESSION_OF_OWNER = re.compile(rb"postgres: %b " % OWNER.encode())
WORKER = re.compile(rb"postgres: parallel worker for PID (\d+)")


def lower_priority() -> None:
    """Lowers this thread's priority, for good, and with it that of all that it starts.

    Where the kernel weighs sessions as groups it counts within its own, unless it leads that.
    """
    if sys.platform == "linux":
        _lower(0)
        if os.getsid(0) == os.getpid():
            _lower_group(os.getpid())


class OwnersSessions:
    """The sessions of a server's owner: the pipeline's, Dagster's and the commands'.

    The API has a role of its own, and keeps its priority.
    """

    def __init__(self, postmaster: int) -> None:
        self._children = PROC / str(postmaster) / "task" / str(postmaster) / "children"
        self._titles: dict[int, bytes] = {}
        self._lowered: set[int] = set()

    def lower_priority(self) -> None:
        """Lowers the priority of those that have begun since, parallel workers included."""
        children = _numbers(self._children)
        self._titles = {pid: self._titles.get(pid) or _title(pid) for pid in children}
        self._lowered &= children
        for pid in children - self._lowered:
            worker = WORKER.match(self._titles[pid])
            session = int(worker[1]) if worker else pid
            if SESSION_OF_OWNER.match(self._titles.get(session, b"")):
                _lower(pid)
                if _lower_group(pid):
                    self._lowered.add(pid)


def _numbers(path: Path) -> set[int]:
    with suppress(OSError):
        return {int(number) for number in path.read_bytes().split()}
    return set()


def _title(pid: int) -> bytes:
    """What a server's process calls itself; empty while it still goes by its parent's name."""
    with suppress(OSError):
        title = (PROC / str(pid) / "cmdline").read_bytes()
        return title if title.startswith(b"postgres: ") else b""
    return b""


def _lower(pid: int) -> None:
    # It may have ended, and a system may not allow it.
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, max(NICE, os.getpriority(os.PRIO_PROCESS, pid)))


def _lower_group(pid: int) -> bool:
    """Lowers the session of a process that leads one, as each of Postgres does; see sched(7).

    False where it is to be asked again: the kernel takes a few of these changes a second.
    """
    try:
        (PROC / str(pid) / "autogroup").write_bytes(b"%d" % NICE)
    except BlockingIOError:
        return False
    except OSError:
        # It has ended, or the kernel has no such groups.
        return True
    return True
