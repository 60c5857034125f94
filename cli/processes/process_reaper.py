"""Process-group reaper: ends the services of a command that has ended, even by SIGKILL.

`ProcessSupervisor` starts it as the leader of the services' process group, and holds the other end
of its standard input. The kernel closes that pipe when the supervisor ends; the reaper then
terminates the group, and kills what is left of it after TERM_SECONDS.
"""

import os
import signal
import sys
import time
from contextlib import suppress

TERM_SECONDS = 6.0
POLL_SECONDS = 0.05


def main() -> None:
    """Waits for the end of standard input, then ends the process group."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    group = os.getpgrp()
    sys.stdin.buffer.read()
    if os.fork():
        os._exit(0)
    # In a group of its own: the other one then exists as long as a service is alive.
    os.setpgid(0, 0)
    signal_group(group, signal.SIGTERM)
    deadline = time.monotonic() + TERM_SECONDS
    while signal_group(group, 0) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """Returns whether the group has a process that could be signalled."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
