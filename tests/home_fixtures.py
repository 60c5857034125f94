"""Homes for commands; a test module names this one in `pytest_plugins`."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command_line import AS_OF, CommandLine, processes_of, wait_until
from tests.conftest import wait_until_stopped
from tests.support.paths import SMALL


@contextmanager
def empty_home() -> Iterator[Path]:
    """A folder that the server's account may enter; nothing of it may be running in the end."""
    home = Path(tempfile.mkdtemp(prefix="agent-analytics-home-"))
    home.chmod(0o711)
    try:
        yield home
        wait_until_stopped(home / "postgres")
        wait_until(lambda: not processes_of(home), 10)
    finally:
        for pid in processes_of(home):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(home)


@pytest.fixture
def home() -> Iterator[Path]:
    with empty_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def module_home() -> Iterator[Path]:
    with empty_home() as folder:
        yield folder


@pytest.fixture(scope="module")
def small(module_home: Path) -> CommandLine:
    """The small data, refreshed once as of their last day."""
    command_line = CommandLine(module_home, ANALYTICS_AS_OF=AS_OF)
    command_line.succeed("migrate")
    command_line.succeed("import", str(SMALL))
    command_line.succeed("refresh")
    return command_line
