"""Run locks: a lock file per run that a process executes itself.

The kernel frees the lock when the process ends, even by SIGKILL: if the file of an unfinished run
exists and is unlocked, the process of the run was killed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.embedded.file_locks import held_lock, is_held

LOCK_SECONDS = 30.0


@contextmanager
def run_lock(home: Path, run_id: str) -> Iterator[None]:
    """Holds the lock of a run inside the block, then removes its file."""
    path = _path(home, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with held_lock(path, seconds=LOCK_SECONDS):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def has_lost_process(home: Path, run_id: str) -> bool:
    """Returns whether a process of this home held the run's lock and has ended."""
    return _path(home, run_id).exists() and not is_held(_path(home, run_id))


def remove_run_lock(home: Path, run_id: str) -> None:
    """Removes the lock file of a killed process."""
    _path(home, run_id).unlink(missing_ok=True)


def _path(home: Path, run_id: str) -> Path:
    return home / "dagster" / "runs" / f"{run_id}.lock"
