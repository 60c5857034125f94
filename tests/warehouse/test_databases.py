"""Database URLs: from the settings, or embedded."""

from pathlib import Path

import psycopg
import pytest

from config.settings import Settings, SettingsError
from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from tests.conftest import wait_until_stopped
from warehouse.databases import Databases, open_databases
from warehouse.migrate import migrate_warehouse


def test_without_urls_the_databases_and_api_roles_are_embedded(
    server_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(server_directory)
    with open_databases(Settings(home=server_directory / "demo")) as databases:
        migrate_operational(databases.operational, LeadsMapping(), databases.api_operational)
        migrate_warehouse(databases.warehouse, databases.api_warehouse)
        for url, name, user in [
            (databases.operational, "operational", "agent_analytics"),
            (databases.warehouse, "warehouse", "agent_analytics"),
            (databases.dagster or "", "dagster", "agent_analytics"),
            (databases.api_operational, "operational", "agent_analytics_api"),
            (databases.api_warehouse, "warehouse", "agent_analytics_api"),
        ]:
            with psycopg.connect(url) as connection:
                assert (connection.info.dbname, connection.info.user) == (name, user)
    wait_until_stopped(server_directory / "demo" / "postgres")


def test_urls_of_the_settings_are_used_unchanged() -> None:
    settings = Settings(
        operational_database_url="postgresql://crm/one", warehouse_database_url="postgresql://w/two"
    )
    with open_databases(settings) as databases:
        assert databases == Databases("postgresql://crm/one", "postgresql://w/two", "", "", None)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("operational_database_url", "WAREHOUSE_DATABASE_URL"),
        ("warehouse_database_url", "OPERATIONAL_DATABASE_URL"),
    ],
)
def test_one_url_without_the_other_is_rejected(name: str, missing: str) -> None:
    settings = Settings(**{name: "postgresql://localhost/one"})
    with pytest.raises(SettingsError, match=f"^{missing}: "), open_databases(settings):
        pass
