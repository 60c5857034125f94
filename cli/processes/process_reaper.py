"""The process that leads a group of services, and ends them all once their owner is gone.

Its standard input is a pipe that the owner alone can write to: the pipe ends with the owner,
however that ends. It is in the group itself, so that the group's number stays theirs.
"""

import os
import signal
import time
from contextlib import suppress

from pipelines.dagster_support.process_identity import living_members

TERM_SECONDS = 6.0
POLL_SECONDS = 0.05


def main() -> None:
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, signal.SIG_IGN)
    os.write(1, b"ready\n")
    while os.read(0, 1024):
        pass
    end_group(os.getpgid(0))


def end_group(group: int) -> None:
    """Asks every member but this process to end, and after some seconds kills those that stay."""
    _signal(group, signal.SIGTERM)
    deadline = time.monotonic() + TERM_SECONDS
    while set(living_members(group)) - {os.getpid()}:
        if time.monotonic() > deadline:
            for pid in set(living_members(group)) - {os.getpid()}:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(POLL_SECONDS)


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    main()
