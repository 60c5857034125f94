"""Parquet files of the lake: written aside, renamed into place, pruned by age."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class LakeError(RuntimeError):
    """A file of the lake cannot be written, as where the disk is full, or not be read."""


@contextmanager
def written_aside(directory: Path, name: str) -> Iterator[Path]:
    aside = directory / ".incoming" / name
    shutil.rmtree(aside, ignore_errors=True)  # of an earlier try of the same run
    aside.mkdir(parents=True)
    yield aside
    shutil.rmtree(aside)


def put_in_place(aside: Path, directory: Path, name: str) -> list[Path]:
    files = []
    for number, written in enumerate(sorted(aside.rglob("*.parquet"))):
        target = directory / written.parent.name / f"{name}-{number}.parquet"
        target.parent.mkdir(exist_ok=True)
        files.append(written.rename(target))
    return files


def prune(lake: Path, retention: timedelta) -> None:
    """Removes the files, finished or left behind by a kill, that are older than `retention`."""
    kept_since = datetime.now(UTC).timestamp() - retention.total_seconds()
    for path in sorted(lake.rglob("*"), reverse=True):
        if path.is_file() and path.stat().st_mtime < kept_since:
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.stat().st_mtime < kept_since and not any(path.iterdir()):
            path.rmdir()
