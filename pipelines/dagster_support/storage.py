"""Dagster instance storage: pooled Postgres, or SQLite where no URL is set.

`dagster.yaml` names `InstanceStorage`. It reads DAGSTER_DATABASE_URL when a Dagster process starts:
with a URL the process stores runs, events and schedules in that database, without one in SQLite
files in the product's home. One process at a time opens the storage, under a lock: Dagster creates
missing tables when it opens it, and of two processes that do so concurrently one fails with
`type "run_tags" already exists`.

Dagster's own `DagsterPostgresStorage` is not used for Postgres: it opens a connection for every
event (`NullPool`), reads the catalog for its tables and columns with every asset event, and writes
the events that a run plans one by one; a run over a range of days plans one per asset and day.
Launched runs over the small test data, alternating in one run on a busy two-core machine, means of
two runs of today (nothing changed) and one run of 60 days each:

                            connections   commits   launch to success
    today, Dagster's own            744     3,120              28.9 s
    today, this module               18     1,690               9.2 s
    60 days, Dagster's own          783    14,180              41.3 s
    60 days, this module             18     1,840              16.3 s

Each part pays for itself: with the pool alone a run takes 13.5 s for today and 33.6 s for 60 days,
with the cached catalog as well 10.4 s and 24.9 s.

Private API of Dagster 1.13 that this relies on, all of it in this module: the classes imported from
underscored modules, `_engine` and the three storages of `DagsterPostgresStorage`, and, of its event
log, `has_table`, `has_asset_key_col`, `store_event_batch`, `prepare_insert_event_batch`,
`index_transaction` and `store_asset_event`. Its test compares the stored rows with those that
Dagster's own class stores. To do without, let `storage` in `dagster.yaml` be
`postgres: {postgres_url: {env: DAGSTER_DATABASE_URL}}`.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from dagster import DagsterEventType, EventLogEntry
from dagster._config import UserConfigSchema
from dagster._core.storage.base_storage import DagsterStorage
from dagster._core.storage.event_log import SqlEventLogStorageTable
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClass, ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage, PostgresEventLogStorage
from dagster_postgres.utils import create_pg_engine

from config.settings import Settings
from warehouse.advisory_locks import dagster_storage_lock
from warehouse.embedded.file_locks import held_lock

URL_VARIABLE = "DAGSTER_DATABASE_URL"
PLANNED = DagsterEventType.ASSET_MATERIALIZATION_PLANNED
POOL_SIZE = 2
POOL_RECYCLE_SECONDS = 3600
UNLIMITED_OVERFLOW = -1
LOCK_SECONDS = 120.0


class InstanceStorage(DagsterStorage, ConfigurableClass):
    """Opens the storage of a Dagster process; never instantiated itself."""

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        return {}

    @classmethod
    def from_config_value(  # type: ignore[override]
        cls,
        inst_data: ConfigurableClassData | None,
        config_value: Mapping[str, Any],  # noqa: ARG003 - the signature is Dagster's
    ) -> DagsterStorage:
        """Returns Dagster's own SQLite storage or `PooledPostgresStorage`, with all tables."""
        if url := os.environ.get(URL_VARIABLE):
            with (
                psycopg.connect(url, autocommit=True) as connection,
                dagster_storage_lock(connection),
            ):
                return PooledPostgresStorage(url, inst_data)
        directory = sqlite_directory()
        directory.mkdir(parents=True, exist_ok=True)
        with held_lock(directory / "storage.lock", seconds=LOCK_SECONDS):
            return DagsterSqliteStorage.from_local(str(directory), inst_data)


def sqlite_directory() -> Path:
    """Folder of SQLite storage: in the product's home, whatever DAGSTER_HOME is."""
    return Settings().home / "dagster"


class PooledPostgresStorage(DagsterPostgresStorage):
    """Postgres storage whose runs, events and schedules share one connection pool per process.

    The webserver replaces the pool by one for each of the three (`optimize_for_webserver`).
    """

    def __init__(self, postgres_url: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(postgres_url, inst_data=inst_data)
        self._event_log_storage = BatchingEventLog(postgres_url)
        self.engine = create_pg_engine(
            postgres_url,
            isolation_level="AUTOCOMMIT",
            pool_size=POOL_SIZE,
            max_overflow=UNLIMITED_OVERFLOW,
            pool_recycle=POOL_RECYCLE_SECONDS,
            # SQLAlchemy replaces a connection that the server has closed, as NullPool would.
            pool_pre_ping=True,
        )
        for storage in (self._run_storage, self._event_log_storage, self._schedule_storage):
            storage._engine = self.engine


class BatchingEventLog(PostgresEventLogStorage):
    """Writes the same rows as `PostgresEventLogStorage` in fewer statements."""

    def __init__(self, postgres_url: str) -> None:
        # Cache only what exists: a missing table may be created later.
        self._tables: set[str] = set()
        self._asset_key_columns: set[str] = set()
        super().__init__(postgres_url)

    def has_table(self, table_name: str) -> bool:
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def has_asset_key_col(self, column_name: str) -> bool:
        if column_name not in self._asset_key_columns and super().has_asset_key_col(column_name):
            self._asset_key_columns.add(column_name)
        return column_name in self._asset_key_columns

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        planned = [event for event in events if event.dagster_event_type == PLANNED]
        if not planned:
            super().store_event_batch(events)
            return
        self._store_planned(planned)
        # Dagster, too, stores a batch of several types one by one.
        for event in events:
            if event.dagster_event_type != PLANNED:
                self.store_event(event)

    def dispose(self) -> None:
        super().dispose()
        self._engine.dispose()

    def _store_planned(self, events: Sequence[EventLogEntry]) -> None:
        insert = self.prepare_insert_event_batch(events)
        with self.index_transaction() as connection:
            rows = connection.execute(insert.returning(SqlEventLogStorageTable.c.id)).fetchall()
        last = {
            event.get_dagster_event().asset_key: (event, row[0])
            for event, row in zip(events, rows, strict=True)
        }
        # As in a batch of materializations, the row of an asset names its last event.
        for event, event_id in last.values():
            self.store_asset_event(event, event_id)
