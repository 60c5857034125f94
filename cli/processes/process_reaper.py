"""Process-group reaper: runs one command, and ends every process that it leaves behind.

`ProcessSupervisor` starts it with the command as arguments and holds the other end of its standard
input. The kernel closes that pipe when the supervisor ends, also by SIGKILL; the reaper then
terminates the process group of the command, and kills what is left of it after TERM_SECONDS.
"""

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress

TERM_SECONDS = 6.0
POLL_SECONDS = 0.1


def main() -> None:
    """Runs `REPORT_DESCRIPTOR COMMAND...`; ends as the command does, by exit code or signal."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A handler, unlike SIG_IGN, is not inherited by the command.
        signal.signal(number, lambda *_: None)
    report, command = int(sys.argv[1]), sys.argv[2:]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
    os.write(report, str(process.pid).encode())
    os.close(report)
    while process.poll() is None and not select.select([0], [], [], POLL_SECONDS)[0]:
        pass
    end_group(process)
    if process.returncode < 0:
        with suppress(OSError):
            # SIGKILL has no handler to reset.
            signal.signal(-process.returncode, signal.SIG_DFL)
        os.kill(os.getpid(), -process.returncode)
    sys.exit(process.returncode)


def end_group(leader: "subprocess.Popen[bytes]") -> None:
    """Terminates a process group, and kills it if it does not end in time."""
    signal_group(leader.pid, signal.SIGTERM)
    deadline = time.monotonic() + TERM_SECONDS
    while leader.poll() is None or signal_group(leader.pid, 0):
        if time.monotonic() > deadline:
            signal_group(leader.pid, signal.SIGKILL)
            break
        time.sleep(POLL_SECONDS / 2)
    leader.wait()


def signal_group(group: int, number: int) -> bool:
    """Returns whether the group has a process that could be signalled."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
