"""Fixtures of the API's tests; a test module names this one in `pytest_plugins`."""

from collections.abc import Iterator

import psycopg
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


@pytest.fixture
def crm(module_databases: Databases) -> str:
    """The owner's URL of the operational database, with nothing in it that agents did."""
    with psycopg.connect(module_databases.operational) as connection:
        connection.execute("truncate leads, agent_goals, agent_activity_log restart identity")
    return module_databases.operational
