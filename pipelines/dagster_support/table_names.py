"""Table names on the storage cards of Dagster's UI: database, schema and table of each asset.

dagster-dbt names the tables of models; this module names the others.
"""

from collections.abc import Callable

import dagster as dg
from psycopg.conninfo import conninfo_to_dict

from config.settings import Settings
from crm.sources.mapping import LeadsMapping

TABLE_NAME = "dagster/table_name"
# Lake files are no tables.
WAREHOUSE_SCHEMAS = ("raw", "state", "insights", "serving")


def with_table_name(
    settings: Settings, mapping: LeadsMapping
) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    """Returns a function that adds its table's name to an asset that lacks it."""
    operational = _database(settings.operational_database_url, "operational")
    warehouse = _database(settings.warehouse_database_url, "warehouse")
    leads = mapping.table if "." in mapping.table else f"public.{mapping.table}"

    def named(spec: dg.AssetSpec) -> dg.AssetSpec:
        schema, table = spec.key.path
        if TABLE_NAME in spec.metadata:
            return spec
        if schema == "operational":
            name = f"{operational}.{leads if table == 'leads' else f'public.{table}'}"
        elif schema in WAREHOUSE_SCHEMAS:
            name = f"{warehouse}.{schema}.{table}"
        else:
            return spec
        return spec.merge_attributes(metadata={TABLE_NAME: name})

    return named


def _database(url: str | None, embedded: str) -> str:
    return str(conninfo_to_dict(url).get("dbname", embedded)) if url else embedded
