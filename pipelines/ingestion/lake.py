"""Parquet files of the lake: written to a staging folder, renamed into place, pruned by age."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class LakeError(RuntimeError):
    """A lake file cannot be read or written, for example because the disk is full."""


@contextmanager
def staging_folder(directory: Path, name: str) -> Iterator[Path]:
    """An empty folder inside `directory`, removed at the end of the block."""
    staging = directory / ".incoming" / name
    shutil.rmtree(staging, ignore_errors=True)  # left by a failed attempt of the same run
    staging.mkdir(parents=True)
    yield staging
    shutil.rmtree(staging)


def move_into_place(staging: Path, directory: Path, name: str) -> list[Path]:
    """Renames the staged Parquet files to `directory`, and returns their new paths."""
    files = []
    for number, written in enumerate(sorted(staging.rglob("*.parquet"))):
        target = directory / written.parent.name / f"{name}-{number}.parquet"
        target.parent.mkdir(exist_ok=True)
        files.append(written.rename(target))
    return files


def prune(lake: Path, retention: timedelta) -> None:
    """Removes files older than `retention`, among them those that a killed run left."""
    oldest = datetime.now(UTC).timestamp() - retention.total_seconds()
    for path in sorted(lake.rglob("*"), reverse=True):
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
        elif path.is_dir() and path.stat().st_mtime < oldest and not any(path.iterdir()):
            path.rmdir()
