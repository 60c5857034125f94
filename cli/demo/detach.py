"""`up` in the background: its lines are shown until it is ready, then it is left alone."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from cli.demo.lock import running_demo
from cli.processes.process_supervisor import interrupt_on_signals

POLL_SECONDS = 0.1


def start_detached(home: Path, arguments: list[str]) -> int:
    """The exit code: 0 once the demo is ready, its own where it ends before."""
    log = home / "logs" / "up.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        demo = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "cli.main", "up", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    with log.open() as lines, interrupt_on_signals():
        try:
            while demo.poll() is None and not _is_ready(home, demo.pid):
                _show(lines)
                time.sleep(POLL_SECONDS)
        except KeyboardInterrupt:
            demo.send_signal(signal.SIGTERM)
            demo.wait()
            raise
        finally:
            _show(lines)
    return demo.returncode or 0


def _is_ready(home: Path, pid: int) -> bool:
    running = running_demo(home)
    return running is not None and running.process.pid == pid and running.is_ready


def _show(lines: IO[str]) -> None:
    sys.stdout.write(lines.read())
    sys.stdout.flush()
