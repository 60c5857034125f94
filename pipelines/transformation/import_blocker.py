"""A package that an import is to do without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(package: str) -> Iterator[None]:
    """Inside the block `package` cannot be imported, as if it were not installed."""
    imported = {
        name: module for name, module in sys.modules.items() if name.partition(".")[0] == package
    }
    for name in imported:
        del sys.modules[name]
    # As Python's own documentation has it: an import that finds None is refused.
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
        sys.modules.update(imported)
