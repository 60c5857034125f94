"""Where the databases are: the given ones, or those of the embedded Postgres."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from config.settings import Settings, SettingsError
from warehouse.embedded.shared_server import embedded_server

# What Dagster notes of its runs may be lost with the machine's power, not with any process.
WITHOUT_SYNC = "?options=-csynchronous_commit%3Doff"
EMBEDDED_DATABASES = ("operational", "warehouse", "dagster")


@dataclass(frozen=True)
class Databases:
    """libpq URLs; the API's are empty where a given server has none: `serve` needs them."""

    operational: str = field(repr=False)
    warehouse: str = field(repr=False)
    api_operational: str = field(repr=False)
    api_warehouse: str = field(repr=False)
    dagster: str | None = field(repr=False)


@contextmanager
def open_databases(settings: Settings) -> Iterator[Databases]:
    """Keeps the embedded server up inside the block; SettingsError where only one URL is given."""
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
