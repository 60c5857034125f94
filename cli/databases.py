"""Databases of one command, checked to be reachable before the work starts."""

from collections.abc import Iterator
from contextlib import contextmanager

from config.settings import Settings
from warehouse.connect import ensure_reachable
from warehouse.databases import Databases, open_databases


@contextmanager
def reachable_databases(settings: Settings, *names: str) -> Iterator[Databases]:
    """Opens the databases. Raises UserError unless each of `names` can be reached."""
    with open_databases(settings) as databases:
        for name in names:
            ensure_reachable(getattr(databases, name), name)
        yield databases
