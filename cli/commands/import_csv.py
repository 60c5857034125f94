"""Command `import`: CSV files into the operational tables."""

from pathlib import Path

from cli.console import Terminal
from cli.databases import reachable_databases
from config.settings import Settings
from crm.sources.mapping_file import read_mapping


def import_csv(directory: Path) -> None:
    """Import leads.csv and agent_activity_log.csv from DIRECTORY: all rows, or none."""
    from cli import data

    settings = Settings()
    with reachable_databases(settings, "operational") as databases:
        mapping = read_mapping(settings.crm_mapping)
        data.import_csv(databases, directory, mapping, Terminal())
