"""A refresh in a process of its own, which can be killed at any moment."""

import multiprocessing
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

# Both are heavy; forked children find them imported.
from tests.support.pipeline import Pipeline, failure
from tests.support.waiting import PATIENCE

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.support.servers.refresh_process"])


@dataclass(frozen=True)
class Run:
    """The options of a refresh."""

    first: date | None = None
    last: date | None = None
    is_full: bool = False
    reconciles: bool = False


class RefreshProcess:
    """Started immediately; `end` or `kill` it."""

    def __init__(self, pipeline: Pipeline, run: Run) -> None:
        self.run = run
        self._report = pipeline.lake / f".report-{uuid4().hex}"
        self._started = time.monotonic()
        self._process = CHILDREN.Process(
            target=_refresh, args=(pipeline, run, self._report), daemon=True
        )
        self._process.start()
        self.seconds = 0.0

    @staticmethod
    def warm() -> None:
        """Imports once what every child needs."""
        first = CHILDREN.Process(target=int)
        first.start()
        first.join()

    def __repr__(self) -> str:
        return f"{self.seconds:.1f} s: exit {self._process.exitcode}"

    def is_running(self) -> bool:
        """Also notes in `seconds` how long it has been so."""
        if self._process.is_alive():
            self.seconds = time.monotonic() - self._started
            return True
        return False

    def kill(self) -> None:
        """SIGKILL, whatever it is doing."""
        self._process.kill()
        self._process.join()

    def end(self) -> None:
        """Waits for it, and asserts that it has succeeded."""
        self._process.join(PATIENCE)
        assert not self.is_running(), f"{self.run} is still running after {PATIENCE} s"
        said = self._report.read_text() if self._report.exists() else ""
        assert self._process.exitcode == 0, f"{self.run}: exit {self._process.exitcode}: {said}"


def _refresh(pipeline: Pipeline, run: Run, report: Path) -> None:
    result = pipeline.refresh(run.first, run.last, is_full=run.is_full, reconciles=run.reconciles)
    if not result.success:
        report.write_text(failure(result))
        sys.exit(1)
