"""Console of a command whose descriptor is closed at the end, as a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.console import Terminal


@contextmanager
def silent_terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    try:
        yield terminal
    finally:
        terminal.console.file.close()
