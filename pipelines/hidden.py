"""A package that an import is to do without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(package: str) -> Iterator[None]:
    """Inside the block `package` cannot be imported, as if it were not installed."""
    imported = sys.modules.pop(package, None)
    # As Python's own documentation has it: an import that finds None is refused.
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
        if imported is not None:
            sys.modules[package] = imported
