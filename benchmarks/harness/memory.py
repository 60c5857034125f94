"""Peak memory of the processes of a refresh, by proportional set size."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

SECONDS_BETWEEN = 0.2


@dataclass
class Peak:
    """MiB of the greediest process of the pipeline, and of the greediest of Postgres."""

    pipeline: float = 0.0
    postgres: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event, repr=False)


@contextmanager
def watched(pid: int, url: str) -> Iterator[Peak]:
    """Inside the block the process `pid` and its children, and the server's, are sampled."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select pg_backend_pid()").fetchone()
        assert row is not None
        postmaster = _parent(row[0])
    peak = Peak()

    def sample() -> None:
        while not peak._done.wait(SECONDS_BETWEEN):
            peak.pipeline = max(peak.pipeline, *map(_mebibytes, _family(pid)), 0.0)
            peak.postgres = max(peak.postgres, *map(_mebibytes, _family(postmaster)), 0.0)

    sampling = threading.Thread(target=sample, daemon=True)
    sampling.start()
    try:
        yield peak
    finally:
        peak._done.set()
        sampling.join()


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for process in found:
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _mebibytes(pid: int) -> float:
    """Private memory and its share of what it has in common with others; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
