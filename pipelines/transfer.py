"""From the source to raw: both tables at one snapshot and under their locks, reconciled if asked."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from pipelines.attachment import Attachment, attached
from pipelines.extract import (
    SOURCE_TABLES,
    Extract,
    LowWater,
    changed_rows,
    extract,
    low_water,
    prune,
    rows_of_days,
    snapshot,
)
from pipelines.load import LoadPlan, load, source_mark, touched_agent_days
from pipelines.locks import raw_writer, table_lock
from pipelines.partitions import changes_to_read, days_to_recompute, today
from pipelines.reconcile import DriftedDay, drifted_days, forget_gone
from pipelines.stations import Stations
from warehouse.mapping import LeadsMapping, read_mapping


@dataclass
class Transfer:
    """What one pass has read and loaded, by table; `drift` only where it has reconciled."""

    extracts: dict[str, Extract] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    row_counts: dict[str, int] = field(default_factory=dict)
    drift: dict[str, list[DriftedDay]] = field(default_factory=dict)
    touched: int = 0
    extract_seconds: float = 0.0
    load_seconds: float = 0.0

    def read(
        self,
        source: Attachment,
        queries: dict[str, sql.Composed],
        lake: Path,
        name: str,
        time_zone: str,
    ) -> dict[str, Extract]:
        """Copies the rows of `queries` to the lake."""
        started = time.monotonic()
        extracts = extract(source, queries, lake, name, time_zone)
        for table, read in extracts.items():
            self.extracts[table] = self.extracts.get(table, Extract([], 0)) + read
        self.extract_seconds += time.monotonic() - started
        return extracts

    def write(
        self,
        warehouse: psycopg.Connection,
        extracts: dict[str, Extract],
        lake: Path,
        plans: dict[str, LoadPlan],
    ) -> None:
        """Loads the tables of `plans` in one transaction, which waits for a build that reads raw."""
        started = time.monotonic()
        with raw_writer(warehouse), warehouse.transaction():
            for table, plan in plans.items():
                changed = load(warehouse, table, extracts[table].files, lake, plan)
                self.changed[table] = self.changed.get(table, 0) + changed
            for load_id in {plan.load_id for plan in plans.values()}:
                self.touched += touched_agent_days(warehouse, load_id)
        self.load_seconds += time.monotonic() - started


def transfer(
    run_id: str, stations: Stations, first: date, last: date, *, is_whole: bool, reconciles: bool
) -> Transfer:
    """Brings over what changed on the days `first` to `last`, or everything.

    A pass that reconciles reads up to now, then compares source and raw at the same snapshot of
    the source, and reads the days that differ once more and whole.
    """
    settings, time_zone = stations.settings, stations.settings.analytics_timezone
    lake = settings.lake_path
    lake.mkdir(parents=True, exist_ok=True)
    mapping = read_mapping(settings.crm_mapping)
    done = Transfer()
    with ExitStack() as held:
        warehouse = held.enter_context(stations.warehouse())
        for table in SOURCE_TABLES:
            held.enter_context(table_lock(warehouse, table))
        if reconciles:
            # Now, as the snapshot stays open over the loads: they must not wait for a build then.
            held.enter_context(raw_writer(warehouse))
        windows = {
            table: changes_to_read(
                first,
                max(last, today(time_zone)) if reconciles else last,
                source_mark(warehouse, table).low_water,
                time_zone,
                is_whole=is_whole,
            )
            for table in SOURCE_TABLES
        }
        source = held.enter_context(attached(stations.databases.operational, "operational"))
        noted = low_water(source)
        load_id = uuid4().hex
        plans = {
            table: LoadPlan(
                load_id=load_id,
                time_zone=time_zone,
                whole_days=None if window.is_whole else [],
                days=days_to_recompute(first, last, time_zone),
                low_water=_next_low_water(window.changed_before is None, noted),
            )
            for table, window in windows.items()
        }
        queries = {
            table: changed_rows(table, mapping, window) for table, window in windows.items()
        }
        with ExitStack() as reading:
            name = f"{run_id}-{reading.enter_context(snapshot(source))}"
            extracts = done.read(source, queries, lake, name, time_zone)
            if not reconciles:
                reading.close()
            done.write(warehouse, extracts, lake, plans)
            if reconciles:
                raw = source.beside(stations.databases.warehouse, "warehouse")
                _reconcile(done, source, raw, warehouse, mapping, lake, f"{name}-again", time_zone)
        if reconciles:
            for table in SOURCE_TABLES:
                forget_gone(raw, table, lake)
        prune(lake, timedelta(days=settings.lake_retention_days))
        done.row_counts = {table: _row_count(warehouse, table) for table in SOURCE_TABLES}
    return done


def _reconcile(
    done: Transfer,
    source: Attachment,
    raw: Attachment,
    warehouse: psycopg.Connection,
    mapping: LeadsMapping,
    lake: Path,
    name: str,
    time_zone: str,
) -> None:
    load_id = uuid4().hex
    for table in SOURCE_TABLES:
        done.drift[table] = drifted_days(source, raw, table, mapping, time_zone)
    days = {table: [found.day for found in drift] for table, drift in done.drift.items() if drift}
    queries = {table: rows_of_days(table, mapping, days[table], time_zone) for table in days}
    extracts = done.read(source, queries, lake, name, time_zone)
    plans = {
        table: LoadPlan(load_id, time_zone, whole_days=days[table], days=None, low_water=None)
        for table in days
    }
    done.write(warehouse, extracts, lake, plans)


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
