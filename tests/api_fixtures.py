"""Fixtures of the API's tests; a test module names this one in `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from tests.api_service import Api, fill, serving, settings
from warehouse.databases import Databases


@pytest.fixture(scope="module")
def filled_warehouse(module_databases: Databases) -> str:
    """The owner's URL of a warehouse with the rows of two agents and one build."""
    fill(module_databases.warehouse)
    return module_databases.warehouse


@pytest.fixture(scope="module")
def api(module_databases: Databases, filled_warehouse: str) -> Iterator[Api]:
    with serving(settings(), module_databases) as running:
        yield running
