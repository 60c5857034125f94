"""The small data, refreshed once and copied for each test; named in `pytest_plugins`."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pipelines.accounted_writes import account_for_writes
from pipelines.csv_import import import_directory
from tests import small_expected
from tests.conftest import PostgresServer
from tests.pipeline import Pipeline
from tests.support.paths import SMALL
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

NAMES = ("small_operational", "small_warehouse")


@pytest.fixture(scope="session")
def small_templates(
    postgres_server: PostgresServer,
    operational_template: str,
    warehouse_template: str,
    pipeline_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, str]]:
    operational, warehouse = NAMES
    with (
        postgres_server.database(operational_template, operational),
        postgres_server.database(warehouse_template, warehouse),
    ):
        databases = Databases(
            postgres_server.url(NAMES[0]), postgres_server.url(NAMES[1]), "", "", None
        )
        import_directory(databases.operational, SMALL, LeadsMapping())
        lake = tmp_path_factory.mktemp("lake")
        Pipeline(databases, pipeline_home, lake, small_expected.AS_OF).refreshed()
        templates = (f"{operational}_template", f"{warehouse}_template")
        for name, template in zip(NAMES, templates, strict=True):
            postgres_server.execute("alter database {} rename to {}", name, template)
        try:
            yield templates
        finally:
            for name, template in zip(NAMES, templates, strict=True):
                postgres_server.execute("alter database {} rename to {}", template, name)


@pytest.fixture
def small_pipeline(
    postgres_server: PostgresServer,
    small_templates: tuple[str, str],
    pipeline_home: Path,
    tmp_path: Path,
) -> Iterator[Pipeline]:
    """Over the small data, imported and refreshed; its lake is empty."""
    with (
        postgres_server.database(small_templates[0], NAMES[0]),
        postgres_server.database(small_templates[1], NAMES[1]),
    ):
        operational, warehouse = NAMES
        databases = Databases(
            postgres_server.url(operational),
            postgres_server.url(warehouse),
            postgres_server.api_url(operational),
            postgres_server.api_url(warehouse),
            None,
        )
        with psycopg.connect(databases.warehouse) as connection:
            # A copy has its own counts of what was written.
            account_for_writes(connection)
        yield Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)
