"""Database URLs: those of the settings, or of the embedded Postgres."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from config.settings import Settings, SettingsError
from warehouse.embedded.shared_server import embedded_server

# Dagster's own tables: a power failure may lose the last commits, a crash of a process does not.
WITHOUT_SYNC = "?options=-csynchronous_commit%3Doff"
EMBEDDED_DATABASES = ("operational", "warehouse", "dagster")


@dataclass(frozen=True)
class Databases:
    """libpq URLs; those of the API are empty if they are not set, and only `serve` needs them."""

    operational: str = field(repr=False)
    warehouse: str = field(repr=False)
    api_operational: str = field(repr=False)
    api_warehouse: str = field(repr=False)
    dagster: str | None = field(repr=False)

    def require_api_urls(self) -> None:
        """SettingsError if the API has no URL of its own role."""
        if not self.api_warehouse:
            raise SettingsError("API_WAREHOUSE_URL: required with WAREHOUSE_DATABASE_URL")
        if not self.api_operational:
            raise SettingsError("API_OPERATIONAL_URL: required with OPERATIONAL_DATABASE_URL")


@contextmanager
def open_databases(settings: Settings) -> Iterator[Databases]:
    """Return the URLs and keep the embedded server, if used, running inside the block.

    Raises SettingsError if only one of the two database URLs is set.
    """
    operational, warehouse = settings.operational_database_url, settings.warehouse_database_url
    api_operational, api_warehouse = settings.api_operational_url, settings.api_warehouse_url
    if operational and warehouse:
        yield Databases(
            operational,
            warehouse,
            api_operational or "",
            api_warehouse or "",
            settings.dagster_database_url,
        )
    elif operational or warehouse:
        missing = "WAREHOUSE" if operational else "OPERATIONAL"
        raise SettingsError(
            f"{missing}_DATABASE_URL: set both database URLs, or neither for the embedded Postgres"
        )
    else:
        directory = settings.home / "postgres"
        with embedded_server(directory, databases=EMBEDDED_DATABASES) as server:
            yield Databases(
                server.url("operational"),
                server.url("warehouse"),
                api_operational or server.api_url("operational"),
                api_warehouse or server.api_url("warehouse"),
                settings.dagster_database_url or server.url("dagster") + WITHOUT_SYNC,
            )
