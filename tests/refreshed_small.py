"""The small data, refreshed once for the whole run and copied for each test that goes on from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.csv_import import import_directory
from tests import small_expected
from tests.conftest import PostgresServer
from tests.pipeline import Pipeline
from warehouse.databases import Databases
from warehouse.mapping import LeadsMapping

NAMES = ("small_operational", "small_warehouse")


@pytest.fixture(scope="module")
def refreshed_templates(
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
        databases = Databases(*map(postgres_server.url, NAMES), "", "", None)
        import_directory(databases.operational, small_expected.DIRECTORY, LeadsMapping())
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
def pipeline(
    postgres_server: PostgresServer,
    refreshed_templates: tuple[str, str],
    pipeline_home: Path,
    tmp_path: Path,
) -> Iterator[Pipeline]:
    """Over the small data, imported and refreshed; its lake is empty."""
    with (
        postgres_server.database(refreshed_templates[0], NAMES[0]),
        postgres_server.database(refreshed_templates[1], NAMES[1]),
    ):
        databases = Databases(*map(postgres_server.url, NAMES), "", "", None)
        yield Pipeline(databases, pipeline_home, tmp_path, small_expected.AS_OF)
