"""Extract and load as one step: both tables at one snapshot of the source, in one transaction."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import dagster as dg

from crm.sources.change_queries import SOURCE_TABLES
from crm.sources.mapping_file import MappingError
from pipelines.dagster_support.asset_metadata import Metadata, reach, sizes
from pipelines.dagster_support.retries import retry_on_error
from pipelines.ingestion.ingest import IngestResult, transfer
from pipelines.ingestion.lake import LakeError
from pipelines.ingestion.load import LoadError
from pipelines.ingestion.reconciliation import check_result, check_spec
from pipelines.postgres.database_errors import RefusedError, UnreachableError
from pipelines.resources import Stations

Result: TypeAlias = dg.MaterializeResult[Any] | dg.AssetCheckResult
KINDS = {"lake": {"duckdb", "parquet"}, "raw": {"postgres"}}


class RawConfig(dg.Config):
    """What a run may ask of extract and load."""

    full: bool = False
    reconcile: bool = False


SOURCES = [
    dg.AssetSpec(
        ["operational", table],
        group_name="crm_source",
        kinds={"postgres"},
        description=f"The CRM's `{table}`: read, never written by the pipeline.",
    )
    for table in SOURCE_TABLES
]


def raw_assets(partitions: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """Lake files and raw tables; one row per lead or activity of the source."""

    def spec(station: str, table: str, upstream: str, description: str) -> dg.AssetSpec:
        return dg.AssetSpec(
            [station, table],
            deps=[dg.AssetKey([upstream, table])],
            group_name="raw",
            kinds=KINDS[station],
            description=description,
        )

    specs = [
        spec(station, table, upstream, description)
        for table in SOURCE_TABLES
        for station, upstream, description in (
            ("lake", "operational", f"Rows of `{table}` by day of change, as Parquet."),
            ("raw", "lake", f"`{table}` as last read: one row per source row."),
        )
    ]
    specs.append(
        dg.AssetSpec(
            ["state", "changed_agent_days"],
            deps=[dg.AssetKey(["raw", table]) for table in SOURCE_TABLES],
            group_name="raw",
            kinds=KINDS["raw"],
            description="Agent-days that changed since the last published build.",
        )
    )

    @dg.multi_asset(
        name="extract_and_load",
        specs=specs,
        check_specs=[check_spec(table) for table in SOURCE_TABLES],
        can_subset=True,  # a check that was not made has no result
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        pool="warehouse",
    )
    @retry_on_error
    def extract_and_load(
        context: dg.AssetExecutionContext, config: RawConfig, stations: Stations
    ) -> Iterator[Result]:
        days = context.partition_key_range
        try:
            done = transfer(
                context.run.run_id,
                stations,
                date.fromisoformat(days.start),
                date.fromisoformat(days.end),
                is_whole=config.full,
                reconciles=config.reconcile,
            )
        except (LakeError, LoadError, MappingError, RefusedError) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        except UnreachableError as error:
            raise dg.Failure(str(error)) from error
        with stations.warehouse() as warehouse:
            measured, through = sizes(warehouse, "raw"), reach(warehouse)
        results = _results(done, measured, through)
        yield from (result for result in results if _is_asked(result, context))

    return extract_and_load


def _is_asked(result: Result, context: dg.AssetExecutionContext) -> bool:
    assert isinstance(result.asset_key, dg.AssetKey)
    if isinstance(result, dg.AssetCheckResult):
        check = dg.AssetCheckKey(result.asset_key, str(result.check_name))
        return check in context.selected_asset_check_keys
    return result.asset_key in context.selected_asset_keys


def _results(
    done: IngestResult, measured: dict[str, Metadata], through: Metadata
) -> Iterator[Result]:
    for table in SOURCE_TABLES:
        yield dg.MaterializeResult(
            asset_key=dg.AssetKey(["lake", table]),
            metadata={
                "rows_read": done.extracts[table].rows,
                "files": len(done.extracts[table].files),
                "bytes": done.extracts[table].bytes,
                "seconds_of_both_tables": done.extract_seconds,
                **through,
            },
        )
        yield dg.MaterializeResult(
            asset_key=dg.AssetKey(["raw", table]),
            metadata={
                "rows_changed": done.changed[table],
                "seconds_of_both_tables": done.load_seconds,
                "bytes": measured[table]["bytes"],
                **through,
            },
        )
    for table, drift in done.drift.items():
        yield check_result(table, drift)
    yield dg.MaterializeResult(
        asset_key=dg.AssetKey(["state", "changed_agent_days"]),
        metadata={"agent_days_changed": done.agent_days_changed},
    )
