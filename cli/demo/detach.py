"""Background mode of `up`: shows its output until it is ready, then returns to the shell."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

from cli.demo.lock import running_demo
from cli.processes.process_supervisor import interrupt_on_signals

POLL_SECONDS = 0.1


def continue_in_background(home: Path) -> None:
    """Returns in a new background process; the calling one exits once the demo is ready."""
    log = home / "logs" / "up.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        demo = os.fork()
        if demo == 0:
            os.setsid()
            with Path(os.devnull).open("rb") as nothing:
                os.dup2(nothing.fileno(), 0)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            return
    with log.open() as lines:
        sys.exit(_follow(home, demo, lines))


def _follow(home: Path, demo: int, lines: IO[str]) -> int:
    """Shows lines until the demo is ready or has ended; returns the exit code."""
    with interrupt_on_signals():
        try:
            while not _is_ready(home, demo):
                ended, status = os.waitpid(demo, os.WNOHANG)
                if ended:
                    return os.waitstatus_to_exitcode(status)
                _show(lines)
                time.sleep(POLL_SECONDS)
        except KeyboardInterrupt:
            os.kill(demo, signal.SIGTERM)
            os.waitpid(demo, 0)
            raise
        finally:
            _show(lines)
    print("Running in the background: `agent-analytics down` stops everything.")
    return 0


def _is_ready(home: Path, demo: int) -> bool:
    running = running_demo(home)
    return running is not None and running.pid == demo and running.is_ready


def _show(lines: IO[str]) -> None:
    sys.stdout.write(lines.read())
    sys.stdout.flush()
