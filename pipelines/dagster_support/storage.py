"""Dagster's storage in Postgres, with fewer connections and statements than it takes by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from dagster import DagsterEventType, EventLogEntry, StringSource
from dagster._config import UserConfigSchema
from dagster._core.storage.event_log import SqlEventLogStorageTable
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage, PostgresEventLogStorage
from dagster_postgres.utils import create_pg_engine

PLANNED = DagsterEventType.ASSET_MATERIALIZATION_PLANNED
KEPT_CONNECTIONS = 2
KEPT_SECONDS = 3600
WITHOUT_LIMIT = -1


class QuickEventLog(PostgresEventLogStorage):
    """The same rows as in `PostgresEventLogStorage`.

    That asks the database for its tables and their columns at every event of an asset, and writes
    down one by one what a run plans to do: of a range, as many as assets times days.
    """

    def __init__(self, postgres_url: str) -> None:
        # Only what is there: a table that is not may be on its way.
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
        # Of different kinds, and so one by one, as Dagster does.
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
        # As with what was done: an asset is told of the last event of a batch.
        for event, event_id in last.values():
            self.store_asset_event(event, event_id)


class PooledPostgresStorage(DagsterPostgresStorage):
    """`dagster.yaml` names it: the runs, events and schedules of a process share its connections.

    `DagsterPostgresStorage` opens one for every event of a run, which takes longer than the event.
    The webserver gives each of the three a pool of its own in the end.
    """

    def __init__(self, postgres_url: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(postgres_url, inst_data=inst_data)
        self._event_log_storage = QuickEventLog(postgres_url)
        self.engine = create_pg_engine(
            postgres_url,
            isolation_level="AUTOCOMMIT",
            pool_size=KEPT_CONNECTIONS,
            max_overflow=WITHOUT_LIMIT,
            pool_recycle=KEPT_SECONDS,
            # One that the server has closed is opened again, as each would have been.
            pool_pre_ping=True,
        )
        for storage in (self._run_storage, self._event_log_storage, self._schedule_storage):
            storage._engine = self.engine

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        return {"postgres_url": StringSource}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> Self:
        return cls(config_value["postgres_url"], inst_data)
