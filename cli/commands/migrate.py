"""Command `migrate`: creates and upgrades our tables in each database."""

from typing import Annotated

import typer

from cli.console import Terminal
from config.settings import Settings
from crm.install.migrate import migrate_operational
from crm.sources.mapping_file import read_mapping
from warehouse.connect import ensure_reachable
from warehouse.databases import open_databases
from warehouse.migrate import migrate_warehouse


def migrate(
    operational: Annotated[
        bool, typer.Option("--operational", help="Only the CRM's database.")
    ] = False,
    warehouse: Annotated[
        bool, typer.Option("--warehouse", help="Only the warehouse and Dagster's storage.")
    ] = False,
    dagster: Annotated[bool, typer.Option("--dagster", help="Only Dagster's storage.")] = False,
) -> None:
    """Create or upgrade our tables in each database. Safe to repeat."""
    settings, terminal = Settings(), Terminal()
    is_all = not (operational or warehouse or dagster)
    mapping = read_mapping(settings.crm_mapping)
    with open_databases(settings) as databases:
        if operational or is_all:
            ensure_reachable(databases.operational, "operational")
            with terminal.step("migrate operational"):
                migrate_operational(databases.operational, mapping, databases.api_operational)
        if warehouse or is_all:
            ensure_reachable(databases.warehouse, "warehouse")
            with terminal.step("migrate warehouse"):
                migrate_warehouse(databases.warehouse, databases.api_warehouse)
        if dagster or warehouse or is_all:
            if databases.dagster:
                ensure_reachable(databases.dagster, "dagster")
            with terminal.step("migrate dagster"):
                from pipelines.dagster_support.instance import migrate_dagster

                migrate_dagster(settings.home, databases)
