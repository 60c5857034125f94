"""Extract and load as one step: both tables at one snapshot of the source, in one transaction."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta

import dagster as dg
import psycopg
from psycopg import sql

from pipelines.attachment import UnreachableError, attached
from pipelines.extract import SOURCE_TABLES, LowWater, changed_rows, extract, low_water, prune
from pipelines.load import LoadError, LoadPlan, load, source_mark, touched_agent_days
from pipelines.locks import raw_writer, table_lock
from pipelines.partitions import changes_to_read, days_to_recompute
from pipelines.stations import Stations
from warehouse.mapping import MappingError, read_mapping

KINDS = {"lake": {"duckdb", "parquet"}, "raw": {"postgres"}}


class RawConfig(dg.Config):
    """What a run may ask of extract and load."""

    full: bool = False


SOURCES = [
    dg.AssetSpec(
        ["operational", table],
        group_name="operational",
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
            ["raw", "touched_agent_days"],
            deps=[dg.AssetKey(["raw", table]) for table in SOURCE_TABLES],
            group_name="raw",
            kinds=KINDS["raw"],
            description="Agent-days that changed since the last published build.",
        )
    )

    @dg.multi_asset(
        name="extract_and_load",
        specs=specs,
        partitions_def=partitions,
        backfill_policy=dg.BackfillPolicy.single_run(),
        retry_policy=dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL),
        pool="warehouse",
    )
    def extract_and_load(
        context: dg.AssetExecutionContext, config: RawConfig, stations: Stations
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        days = context.partition_key_range
        try:
            yield from _extract_and_load(
                context.run_id,
                stations,
                date.fromisoformat(days.start),
                date.fromisoformat(days.end),
                is_whole=config.full,
            )
        except (LoadError, MappingError) as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        except UnreachableError as error:
            raise dg.Failure(str(error)) from error

    return extract_and_load


def _extract_and_load(
    run_id: str, stations: Stations, first: date, last: date, *, is_whole: bool
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    settings, time_zone = stations.settings, stations.settings.analytics_timezone
    settings.lake_path.mkdir(parents=True, exist_ok=True)
    mapping = read_mapping(settings.crm_mapping)
    with ExitStack() as held:
        warehouse = held.enter_context(stations.warehouse())
        for table in SOURCE_TABLES:
            held.enter_context(table_lock(warehouse, table))
        marks = {table: source_mark(warehouse, table) for table in SOURCE_TABLES}
        windows = {
            table: changes_to_read(first, last, mark.low_water, time_zone, is_whole=is_whole)
            for table, mark in marks.items()
        }
        source = held.enter_context(attached(stations.databases.operational, "operational"))
        started = time.monotonic()
        noted = low_water(source)
        extracts = extract(
            source,
            {table: changed_rows(table, mapping, windows[table]) for table in SOURCE_TABLES},
            settings.lake_path,
            run_id,
            time_zone,
        )
        extract_seconds, started = time.monotonic() - started, time.monotonic()
        changed = {}
        with raw_writer(warehouse), warehouse.transaction():
            for table in SOURCE_TABLES:
                plan = LoadPlan(
                    load_id=run_id,
                    time_zone=time_zone,
                    is_whole=windows[table].is_whole,
                    days=days_to_recompute(first, last, time_zone),
                    low_water=_next_low_water(windows[table].changed_before is None, noted),
                )
                changed[table] = load(
                    warehouse, table, extracts[table].files, settings.lake_path, plan
                )
            touched = touched_agent_days(warehouse, run_id)
        load_seconds = time.monotonic() - started
        prune(settings.lake_path, timedelta(days=settings.lake_retention_days))
        for table in SOURCE_TABLES:
            yield dg.MaterializeResult(
                asset_key=["lake", table],
                metadata={
                    "rows_read": extracts[table].rows,
                    "files": len(extracts[table].files),
                    "bytes": extracts[table].bytes,
                    "seconds_of_both_tables": extract_seconds,
                },
            )
            yield dg.MaterializeResult(
                asset_key=["raw", table],
                metadata={
                    "rows_changed": changed[table],
                    "dagster/row_count": _row_count(warehouse, table),
                    "seconds_of_both_tables": load_seconds,
                },
            )
        yield dg.MaterializeResult(
            asset_key=["raw", "touched_agent_days"], metadata={"agent_days_touched": touched}
        )


def _next_low_water(is_read_to_now: bool, noted: LowWater) -> datetime | None:
    """Where the next read starts.

    None leaves it where it was: a prepared transaction may still commit rows of any age.
    """
    return noted.instant if is_read_to_now and not noted.has_prepared else None


def _row_count(warehouse: psycopg.Connection, table: str) -> int:
    row = warehouse.execute(
        sql.SQL("select count(*) from {}").format(sql.Identifier("raw", table))
    ).fetchone()
    assert row is not None
    return int(row[0])
