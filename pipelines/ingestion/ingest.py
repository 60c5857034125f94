"""Extract-and-load orchestration: reads both source tables at one snapshot and loads raw.

Holds the lock of each table meanwhile, and reconciles raw with the source on request.
"""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg

from crm.sources.change_queries import SOURCE_TABLES, ChangeWindow, rows_of_days
from crm.sources.mapping import LeadsMapping
from crm.sources.mapping_file import read_mapping
from pipelines.ingestion.extract import Extract, Reading, extract, reading, snapshot
from pipelines.ingestion.lake import prune
from pipelines.ingestion.load import LoadPlan, changed_agent_days, load
from pipelines.ingestion.reconciliation import DriftedDay, drifted_days, remove_deleted_from_lake
from pipelines.ingestion.reference_data.loader import load_reference_data
from pipelines.ingestion.reference_data.reader import ReferenceChanges, changed_files
from pipelines.ingestion.watermark import Watermark, read_watermark
from pipelines.partitions import changes_to_read, days_to_recompute, today
from pipelines.postgres.duckdb_postgres import AttachedPostgres, attached
from pipelines.resources import WarehouseResource
from warehouse.advisory_locks import raw_writer, table_lock
from warehouse.scratch_cleanup import remove_leftover
from warehouse.state.build_state import needs_full_rebuild
from warehouse.state.watermarks import stored_watermark


@dataclass
class IngestResult:
    """Rows read and loaded, by table; `drift` is empty without reconciliation.

    `reference_rows_changed` has the tables whose file differed from the last load.
    """

    extracts: dict[str, Extract] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    drift: dict[str, list[DriftedDay]] = field(default_factory=dict)
    reference_rows_changed: dict[str, int] = field(default_factory=dict)
    agent_days_changed: int = 0
    extract_seconds: float = 0.0
    load_seconds: float = 0.0


@dataclass(frozen=True)
class IngestRun:
    """One extract and load between source and warehouse, which adds up `result`."""

    source: AttachedPostgres
    warehouse: psycopg.Connection
    lake: Path
    mapping: LeadsMapping
    time_zone: str
    currency: str | None
    result: IngestResult

    def read(self, tables: dict[str, Reading], name: str) -> dict[str, Extract]:
        """Copies the rows of the readings to the lake."""
        started = time.monotonic()
        extracts = extract(self.source, tables, self.lake, name, self.time_zone)
        for table, read in extracts.items():
            self.result.extracts[table] = self.result.extracts.get(table, Extract([], 0)) + read
        self.result.extract_seconds += time.monotonic() - started
        return extracts

    def write(
        self,
        extracts: dict[str, Extract],
        plans: dict[str, LoadPlan],
        reference: ReferenceChanges | None = None,
    ) -> None:
        """Loads the extracts in one transaction, which waits for a build that reads raw."""
        started = time.monotonic()
        with raw_writer(self.warehouse), self.warehouse.transaction():
            files = {table: extracts[table].files for table in plans}
            for table, changed in load(self.warehouse, files, plans).items():
                self.result.changed[table] = self.result.changed.get(table, 0) + changed
            load_ids = {plan.load_id for plan in plans.values()}
            if reference is not None:
                self.result.reference_rows_changed = load_reference_data(
                    self.warehouse, reference, min(load_ids), self.time_zone, self.currency
                )
            for load_id in load_ids:
                self.result.agent_days_changed += changed_agent_days(self.warehouse, load_id)
        self.result.load_seconds += time.monotonic() - started

    def reconcile(self, raw: AttachedPostgres, name: str) -> None:
        """Compares source and raw, and reads the days that differ again, completely."""
        drift = {
            table: drifted_days(self.source, raw, table, self.mapping, self.time_zone)
            for table in SOURCE_TABLES
        }
        self.result.drift.update(drift)
        days = {table: [drifted.day for drifted in rows] for table, rows in drift.items()}
        tables = {
            table: Reading(
                [rows_of_days(table, self.mapping, drifted, self.time_zone)], is_whole=False
            )
            for table, drifted in days.items()
            if drifted
        }
        load_id = uuid4().hex
        plans = {
            table: LoadPlan(load_id, self.time_zone, days[table], days=None, watermark=None)
            for table in tables
        }
        self.write(self.read(tables, name), plans)


def ingest(
    run_id: str,
    databases: WarehouseResource,
    first: date,
    last: date,
    *,
    is_whole: bool,
    reconciles: bool,
) -> IngestResult:
    """Loads the changes of the days `first` to `last`, or everything, into raw.

    Loads changed files of reference data too; a bad one raises ReferenceDataError before anything
    is read. With `reconciles`, reads up to now and compares raw with the same snapshot of the
    source. It always does so before a full rebuild: raw may be wrong if a check failed.
    """
    settings, time_zone = databases.settings, databases.settings.analytics_timezone
    settings.lake_path.mkdir(parents=True, exist_ok=True)
    mapping = read_mapping(settings.crm_mapping)
    with ExitStack() as stack:
        warehouse = stack.enter_context(databases.warehouse())
        for table in SOURCE_TABLES:
            stack.enter_context(table_lock(warehouse, table))
        reconciles = reconciles or needs_full_rebuild(warehouse)
        if reconciles:
            # Take the lock before the snapshot, which stays open during the loads: a load that
            # waited for a build would keep it open, and hold back vacuum in the CRM.
            stack.enter_context(raw_writer(warehouse))
            last_read = max(last, today(time_zone))
        else:
            last_read = last
        reference = changed_files(warehouse, settings.reference_data_path)
        windows = {
            table: changes_to_read(
                first,
                last_read,
                stored_watermark(warehouse, table),
                time_zone,
                is_whole=is_whole,
            )
            for table in SOURCE_TABLES
        }
        source = stack.enter_context(
            attached(databases.urls.operational, "operational", mapping.time_zone)
        )
        raw = source.attach_also(databases.urls.warehouse, "warehouse") if reconciles else None
        watermark = read_watermark(source)
        result = IngestResult()
        run = IngestRun(
            source,
            warehouse,
            settings.lake_path,
            mapping,
            time_zone,
            settings.analytics_currency,
            result,
        )
        days = days_to_recompute(first, last, time_zone)
        with ExitStack() as snapshot_stack:
            name = f"{run_id}-{snapshot_stack.enter_context(snapshot(source))}"
            tables = {
                table: reading(source, table, mapping, window, time_zone)
                for table, window in windows.items()
            }
            extracts = run.read(tables, name)
            if raw is None:
                snapshot_stack.close()
            run.write(extracts, _plans(windows, watermark, days, time_zone), reference)
            if raw is not None:
                run.reconcile(raw, f"{name}-again")
        if raw is not None:
            for table in SOURCE_TABLES:
                remove_deleted_from_lake(raw, table, settings.lake_path)
            remove_leftover(warehouse, settings.home)
        prune(settings.lake_path, timedelta(days=settings.lake_retention_days))
    return result


def _plans(
    windows: dict[str, ChangeWindow],
    watermark: Watermark,
    days: tuple[datetime, datetime] | None,
    time_zone: str,
) -> dict[str, LoadPlan]:
    # A new id per load: a retried run loads again.
    load_id = uuid4().hex
    return {
        table: LoadPlan(
            load_id,
            time_zone,
            whole_days=None if window.is_whole else [],
            days=days,
            # A prepared transaction may still commit rows of any age.
            watermark=(
                watermark.instant
                if window.changed_before is None and not watermark.has_prepared
                else None
            ),
        )
        for table, window in windows.items()
    }
