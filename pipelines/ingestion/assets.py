"""Assets of the lake and of raw: extracts and loads both source tables in one step.

Reads both tables at one snapshot of the source and loads them in one transaction.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import dagster as dg

from crm.sources.change_queries import SOURCE_TABLES
from crm.sources.mapping_file import MappingError
from pipelines.dagster_support.asset_metadata import Metadata, data_age, table_sizes
from pipelines.dagster_support.steps import refresh_step
from pipelines.ingestion.ingest import IngestResult, ingest
from pipelines.ingestion.lake import LakeError
from pipelines.ingestion.load import LoadError
from pipelines.ingestion.reconciliation import check_result, check_spec
from pipelines.ingestion.reference_data.files import FILES
from pipelines.ingestion.reference_data.reader import ReferenceDataError
from pipelines.postgres.database_errors import RefusedError, UnreachableError
from pipelines.resources import WarehouseResource

Result: TypeAlias = dg.MaterializeResult[Any] | dg.AssetCheckResult
KINDS = {"lake": {"duckdb", "parquet"}, "raw": {"postgres"}}


class RawConfig(dg.Config):
    """Run config: `full` reads the whole source, `reconcile` compares raw with the source."""

    full: bool = False
    reconcile: bool = False


SOURCES = [
    dg.AssetSpec(
        ["operational", table],
        group_name="crm_source",
        kinds={"postgres"},
        description=f"The CRM's `{table}`. The pipeline reads it and never writes it.",
    )
    for table in SOURCE_TABLES
]
# Not assets of the step, whose events Dagster would store in each run: files rarely change.
REFERENCE_DATA = [
    dg.AssetSpec(
        ["raw", table],
        group_name="raw",
        kinds=KINDS["raw"],
        description=f"Rows of `{table}.csv` in the folder of reference data.",
    )
    for table in FILES
]


def raw_assets(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Returns the assets of lake files and raw tables, one row per lead or activity."""

    def spec(schema: str, table: str, upstream: str, description: str) -> dg.AssetSpec:
        return dg.AssetSpec(
            [schema, table],
            deps=[dg.AssetKey([upstream, table])],
            group_name="raw",
            kinds=KINDS[schema],
            description=description,
        )

    specs = [
        spec(schema, table, upstream, description)
        for table in SOURCE_TABLES
        for schema, upstream, description in (
            ("lake", "operational", f"Rows of `{table}` as Parquet files by day of change."),
            ("raw", "lake", f"One row per row of the CRM's `{table}`, as last read."),
        )
    ]
    specs.append(
        dg.AssetSpec(
            ["state", "changed_agent_days"],
            deps=[dg.AssetKey(["raw", table]) for table in (*SOURCE_TABLES, *FILES)],
            group_name="raw",
            kinds=KINDS["raw"],
            description="Agent-days that changed since the last published build.",
        )
    )

    @refresh_step(
        "extract_and_load",
        specs,
        partitions,
        check_specs=[check_spec(table) for table in SOURCE_TABLES],
        can_subset=True,  # a run without reconciliation has no check results
        pool="warehouse",
    )
    def extract_and_load(
        context: dg.AssetExecutionContext, config: RawConfig, databases: WarehouseResource
    ) -> Iterator[Result]:
        days = context.partition_key_range
        try:
            ingested = ingest(
                context.run.run_id,
                databases,
                date.fromisoformat(days.start),
                date.fromisoformat(days.end),
                is_whole=config.full,
                reconciles=config.reconcile,
            )
        except (LakeError, LoadError, MappingError, ReferenceDataError, RefusedError) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        except UnreachableError as error:
            raise dg.Failure(str(error)) from error
        with databases.warehouse() as warehouse:
            sizes, age = table_sizes(warehouse, "raw"), data_age(warehouse)
        for table, rows in ingested.reference_rows_changed.items():
            context.log_event(
                dg.AssetMaterialization(
                    ["raw", table],
                    metadata={"rows_changed": rows, "bytes": sizes[table]["bytes"]},
                )
            )
        results = _results(ingested, sizes, age)
        yield from (result for result in results if _is_selected(result, context))

    return extract_and_load


def _is_selected(result: Result, context: dg.AssetExecutionContext) -> bool:
    assert isinstance(result.asset_key, dg.AssetKey)
    if isinstance(result, dg.AssetCheckResult):
        check = dg.AssetCheckKey(result.asset_key, str(result.check_name))
        return check in context.selected_asset_check_keys
    return result.asset_key in context.selected_asset_keys


def _results(ingested: IngestResult, sizes: dict[str, Metadata], age: Metadata) -> Iterator[Result]:
    for table in SOURCE_TABLES:
        yield dg.MaterializeResult(
            asset_key=dg.AssetKey(["lake", table]),
            metadata={
                "rows_read": ingested.extracts[table].rows,
                "files": len(ingested.extracts[table].files),
                "bytes": ingested.extracts[table].bytes,
                "seconds_of_both_tables": ingested.extract_seconds,
                **age,
            },
        )
        yield dg.MaterializeResult(
            asset_key=dg.AssetKey(["raw", table]),
            metadata={
                "rows_changed": ingested.changed[table],
                "seconds_of_both_tables": ingested.load_seconds,
                "bytes": sizes[table]["bytes"],
                **age,
            },
        )
    for table, drift in ingested.drift.items():
        yield check_result(table, drift)
    yield dg.MaterializeResult(
        asset_key=dg.AssetKey(["state", "changed_agent_days"]),
        metadata={"agent_days_changed": ingested.agent_days_changed},
    )
