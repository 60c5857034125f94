"""Migration of the warehouse: the tables of each schema, then the API role and its policies."""

from pathlib import Path

from warehouse.declared_tables import migrate_tables
from warehouse.migration_runner import api_names, apply_file, only_migration

FOLDER = Path(__file__).parent


def migrate_warehouse(url: str, api_url: str) -> None:
    """Create or upgrade the warehouse; idempotent. Raises MigrationError."""
    with only_migration(url) as connection:
        apply_file(connection, FOLDER / "serving" / "upgrade.sql", None)
        for schema in ("state", "raw", "insights"):
            apply_file(connection, FOLDER / schema / "tables.sql", None)
        for name in ("tables.sql", "marts.sql"):
            migrate_tables(connection, FOLDER / "serving" / name, "serving")
        apply_file(connection, FOLDER / "serving" / "fillfactor.sql", None)
        names = api_names(connection, api_url)
        for file in sorted((FOLDER / "roles").glob("*.sql")):
            apply_file(connection, file, names)
