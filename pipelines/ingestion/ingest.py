"""From the source to raw: both tables at one snapshot, under their locks; reconciled if asked."""

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
from pipelines.ingestion.watermark import Watermark, read_watermark
from pipelines.partitions import changes_to_read, days_to_recompute, today
from pipelines.postgres.duckdb_postgres import AttachedPostgres, attached
from pipelines.resources import Stations
from warehouse.advisory_locks import raw_writer, table_lock
from warehouse.scratch_cleanup import remove_leftover
from warehouse.state.build_state import needs_full_rebuild
from warehouse.state.watermarks import stored_watermark


@dataclass
class IngestResult:
    """What one pass has read and loaded, by table; `drift` only where it has reconciled."""

    extracts: dict[str, Extract] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    drift: dict[str, list[DriftedDay]] = field(default_factory=dict)
    agent_days_changed: int = 0
    extract_seconds: float = 0.0
    load_seconds: float = 0.0


@dataclass(frozen=True)
class IngestRun:
    """One pass, between two databases that hold still as far as they have to."""

    source: AttachedPostgres
    warehouse: psycopg.Connection
    lake: Path
    mapping: LeadsMapping
    time_zone: str
    done: IngestResult

    def read(self, tables: dict[str, Reading], name: str) -> dict[str, Extract]:
        """Copies the rows of the readings to the lake."""
        started = time.monotonic()
        extracts = extract(self.source, tables, self.lake, name, self.time_zone)
        for table, read in extracts.items():
            self.done.extracts[table] = self.done.extracts.get(table, Extract([], 0)) + read
        self.done.extract_seconds += time.monotonic() - started
        return extracts

    def write(self, extracts: dict[str, Extract], plans: dict[str, LoadPlan]) -> None:
        """Loads the extracts in one transaction, which waits for a build that reads raw."""
        started = time.monotonic()
        with raw_writer(self.warehouse), self.warehouse.transaction():
            files = {table: extracts[table].files for table in plans}
            for table, changed in load(self.warehouse, files, plans).items():
                self.done.changed[table] = self.done.changed.get(table, 0) + changed
            for load_id in {plan.load_id for plan in plans.values()}:
                self.done.agent_days_changed += changed_agent_days(self.warehouse, load_id)
        self.done.load_seconds += time.monotonic() - started

    def reconcile(self, raw: AttachedPostgres, name: str) -> None:
        """Compares source and raw, and reads the days that differ once more and whole."""
        drift = {
            table: drifted_days(self.source, raw, table, self.mapping, self.time_zone)
            for table in SOURCE_TABLES
        }
        self.done.drift.update(drift)
        days = {table: [drifted.day for drifted in found] for table, found in drift.items()}
        tables = {
            table: Reading(
                [rows_of_days(table, self.mapping, found, self.time_zone)], is_whole=False
            )
            for table, found in days.items()
            if found
        }
        load_id = uuid4().hex
        plans = {
            table: LoadPlan(load_id, self.time_zone, days[table], days=None, watermark=None)
            for table in tables
        }
        self.write(self.read(tables, name), plans)


def transfer(
    run_id: str, stations: Stations, first: date, last: date, *, is_whole: bool, reconciles: bool
) -> IngestResult:
    """Brings over what changed on the days `first` to `last`, or everything.

    A pass that reconciles reads up to now, and compares at the same snapshot of the source. So does
    one before a full rebuild: where a check failed, raw may have been wrong.
    """
    settings, time_zone = stations.settings, stations.settings.analytics_timezone
    settings.lake_path.mkdir(parents=True, exist_ok=True)
    mapping = read_mapping(settings.crm_mapping)
    with ExitStack() as held:
        warehouse = held.enter_context(stations.warehouse())
        for table in SOURCE_TABLES:
            held.enter_context(table_lock(warehouse, table))
        reconciles = reconciles or needs_full_rebuild(warehouse)
        if reconciles:
            # Now: the snapshot stays open over the loads, which must not wait for a build then.
            held.enter_context(raw_writer(warehouse))
            last_read = max(last, today(time_zone))
        else:
            last_read = last
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
        source = held.enter_context(
            attached(stations.databases.operational, "operational", mapping.time_zone)
        )
        raw = source.attach_also(stations.databases.warehouse, "warehouse") if reconciles else None
        noted = read_watermark(source)
        done = IngestResult()
        over = IngestRun(source, warehouse, settings.lake_path, mapping, time_zone, done)
        days = days_to_recompute(first, last, time_zone)
        with ExitStack() as at_once:
            name = f"{run_id}-{at_once.enter_context(snapshot(source))}"
            tables = {
                table: reading(source, table, mapping, window) for table, window in windows.items()
            }
            extracts = over.read(tables, name)
            if raw is None:
                at_once.close()
            over.write(extracts, _plans(windows, noted, days, time_zone))
            if raw is not None:
                over.reconcile(raw, f"{name}-again")
        if raw is not None:
            for table in SOURCE_TABLES:
                remove_deleted_from_lake(raw, table, settings.lake_path)
            remove_leftover(warehouse, settings.home)
        prune(settings.lake_path, timedelta(days=settings.lake_retention_days))
    return done


def _plans(
    windows: dict[str, ChangeWindow],
    noted: Watermark,
    days: tuple[datetime, datetime] | None,
    time_zone: str,
) -> dict[str, LoadPlan]:
    # A name of its own for each load: a run that tries again loads again.
    load_id = uuid4().hex
    return {
        table: LoadPlan(
            load_id,
            time_zone,
            whole_days=None if window.is_whole else [],
            days=days,
            # A prepared transaction may still commit rows of any age.
            watermark=(
                noted.instant if window.changed_before is None and not noted.has_prepared else None
            ),
        )
        for table, window in windows.items()
    }
