"""File locks (flock), which the kernel releases when the last process that holds them ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RETRY_SECONDS = 0.02


def open_lock(path: Path) -> int:
    """Return a descriptor that is closed on exec, unless a caller passes it on explicitly."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Return whether the lock could be taken without waiting."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int, *, seconds: float, shared: bool = False) -> bool:
    """Return whether the lock could be taken within `seconds`."""
    deadline = time.monotonic() + seconds
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() > deadline:
            return False
        time.sleep(RETRY_SECONDS)
    return True


@contextmanager
def held_lock(path: Path, *, seconds: float, shared: bool = False) -> Iterator[int]:
    """Hold the lock inside the block; raises TimeoutError if it is not free in time."""
    descriptor = open_lock(path)
    try:
        if not wait_for_lock(descriptor, seconds=seconds, shared=shared):
            raise TimeoutError(f"{path} is still locked by another process after {seconds:.0f} s")
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Return whether a process holds the lock."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)
