"""Dagster's event log, asked and written less often by this process than it would be by itself."""

from collections.abc import Callable, Hashable, Sequence

from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.event_log import EventLogStorage, SqlEventLogStorageTable
from dagster_postgres import PostgresEventLogStorage

PLANNED = DagsterEventType.ASSET_MATERIALIZATION_PLANNED


def quicken(storage: EventLogStorage) -> None:
    """The same events are stored, in Postgres; any other storage stays as it is.

    By itself it asks the database for its tables and their columns at every event of an asset, and
    writes down one by one what a run plans to do: of a range, as many as assets times days.
    """
    if not isinstance(storage, PostgresEventLogStorage):
        return
    for name in ("has_table", "has_asset_key_col"):
        setattr(storage, name, _asked_until_true(getattr(storage, name)))
    store_event_batch = storage.store_event_batch

    def store(events: Sequence[EventLogEntry]) -> None:
        planned = [event for event in events if event.dagster_event_type == PLANNED]
        if not planned:
            store_event_batch(events)
            return
        _store_planned(storage, planned)
        # Of different kinds, and so one by one, as Dagster does.
        for event in events:
            if event.dagster_event_type != PLANNED:
                storage.store_event(event)

    setattr(storage, "store_event_batch", store)  # noqa: B010 - a method, to a type checker


def _asked_until_true(ask: Callable[..., bool]) -> Callable[..., bool]:
    """A table that is there stays; one that is not may be on its way."""
    known: set[Hashable] = set()

    def answer(*name: Hashable) -> bool:
        if name not in known and ask(*name):
            known.add(name)
        return name in known

    return answer


def _store_planned(storage: PostgresEventLogStorage, events: Sequence[EventLogEntry]) -> None:
    insert = storage.prepare_insert_event_batch(events)
    with storage.index_transaction() as connection:
        rows = connection.execute(insert.returning(SqlEventLogStorageTable.c.id)).fetchall()
    last = {
        event.get_dagster_event().asset_key: (event, row[0])
        for event, row in zip(events, rows, strict=True)
    }
    # As with what was done: an asset is told of the last event of a batch.
    for event, event_id in last.values():
        storage.store_asset_event(event, event_id)
