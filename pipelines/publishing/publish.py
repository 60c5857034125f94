"""Publish: copies marts and insights to serving in one transaction, and notifies the API."""

from dataclasses import dataclass
from datetime import date

import polars as pl
import psycopg
from psycopg import sql

from pipelines.postgres.table_sync import (
    SyncResult,
    sync_from_frame,
    sync_table,
    table_columns,
)
from pipelines.publishing.restatements import find_restatements, store_restatements
from warehouse.served_build import CHANNEL
from warehouse.statements import statement

READ_BY_BUILD = sql.SQL("load_id in (select unnest(load_ids) from state.build_state)")
# Postgres uses the indexes behind a view for `= any(array)`, but not for a join.
CHANGED_AGENTS = sql.SQL(
    "agent_id = any(array(select distinct agent_id from state.changed_agent_days where {}))"
).format(READ_BY_BUILD)


class PublishError(RuntimeError):
    """The marts must not be published; the message gives the reason in one line."""


@dataclass(frozen=True)
class ServingTable:
    """A served table: a copy of the mart or insight of the same name.

    `is_relative`: one agent's rows may change with another agent's data.
    `condition` selects the rows of the source that are served.
    """

    name: str
    key: list[str]
    source_schema: str = "marts"
    condition: str = "true"
    is_relative: bool = False

    @property
    def rows(self) -> sql.Composed:
        """The served rows of the mart or insight, as a subquery."""
        return sql.SQL("(select * from {} where {})").format(
            sql.Identifier(self.source_schema, self.name), sql.SQL(self.condition)
        )


METRICS = "metrics"
SERVING_TABLES = (
    # generated: serving-tables
    ServingTable("agent_kpis", ["agent_id", "date_range"]),
    ServingTable("agent_team_ranking", ["agent_id", "date_range"], is_relative=True),
    ServingTable("agents", ["agent_id"]),
    ServingTable("agent_funnel", ["agent_id", "date_range"]),
    ServingTable("agent_lead_sources", ["agent_id", "date_range", "source"]),
    ServingTable("agent_performance_metrics", ["agent_id", "date"], condition="agent_id <> ''"),
    ServingTable(
        "agent_measures",
        ["agent_id", "date_range", "measure"],
        condition="agent_id <> ''",
        is_relative=True,
    ),
    ServingTable("agent_leads", ["agent_id", "lead_id"]),
    ServingTable("agent_response_times", ["agent_id", "date_range"]),
    ServingTable("agent_conversions", ["agent_id", "activity_id"]),
    # end generated
    ServingTable("agent_trends", ["agent_id", "date_range", "compare"], "insights"),
    ServingTable("agent_rank_ranges", ["agent_id", "date_range"], "insights", is_relative=True),
    ServingTable("agent_insights", ["agent_id", "insight_id"], "insights", is_relative=True),
)


@dataclass(frozen=True)
class PublishResult:
    """Result of a publish; `build_id` is the build that is served now."""

    build_id: int
    is_new: bool
    restated: int
    is_redefined: bool
    synced: dict[str, SyncResult]


@dataclass(frozen=True)
class _Marts:
    """State of the marts and of the served build."""

    as_of: date
    through: date
    definition_hash: str
    is_wholly_changed: bool
    served_id: int | None
    served_as_of: date | None
    served_through: date | None
    served_hash: str | None


def publish(
    connection: psycopg.Connection,
    run_id: str,
    time_zone: str,
    currency: str | None,
    definitions: pl.DataFrame,
) -> PublishResult:
    """Publishes the marts and the `definitions` of their numbers; needs the build lock.

    Writes only rows that differ. If none does, and dates and definitions are those of the
    served build, records the refresh without a new build. Removes the published agent-days from
    `state.changed_agent_days`. Raises PublishError if the marts have not passed their checks.
    """
    with connection.transaction():
        marts = _marts(connection)
        if marts.served_as_of is not None:
            scope = _scope(is_changed_for_all=marts.is_wholly_changed)
            find_restatements(connection, marts.served_as_of, scope)
        synced = {
            table.name: _sync(connection, table, marts.is_wholly_changed)
            for table in SERVING_TABLES
        }
        synced[METRICS] = sync_from_frame(
            connection,
            definitions,
            sql.Identifier("serving", METRICS),
            ["route", "field"],
            sql.SQL("true"),
        )
        is_new = (marts.as_of, marts.through, marts.definition_hash) != (
            marts.served_as_of,
            marts.served_through,
            marts.served_hash,
        ) or any(table.written or table.deleted for table in synced.values())
        build_id, restated = marts.served_id, 0
        is_redefined = marts.definition_hash != marts.served_hash
        if is_new:
            build_id = _add_build(
                connection, run_id, time_zone, currency, is_full=marts.is_wholly_changed
            )
        assert build_id is not None
        if is_new and marts.served_id is not None:
            restated = store_restatements(connection, build_id, is_redefined=is_redefined)
        _finish(connection, run_id, build_id)
    return PublishResult(build_id, is_new, restated, is_redefined, synced)


def _marts(connection: psycopg.Connection) -> _Marts:
    row = connection.execute(
        statement("pipelines/publishing/sql/marts_and_served_build.sql")
    ).fetchone()
    if row is None:
        raise PublishError("the marts have not passed their checks: materialise them first")
    return _Marts(*row)


def _finish(connection: psycopg.Connection, run_id: str, build_id: int) -> None:
    """Removes published agent-days, records the refresh and notifies the API."""
    connection.execute(
        sql.SQL("delete from state.changed_agent_days where {}").format(READ_BY_BUILD)
    )
    connection.execute(statement("pipelines/publishing/sql/forget_loads.sql"))
    connection.execute(
        statement("pipelines/publishing/sql/note_refresh.sql"),
        {"run_id": run_id, "build_id": build_id},
    )
    connection.execute("select pg_notify(%s, %s)", [CHANNEL, str(build_id)])


def _sync(
    connection: psycopg.Connection, table: ServingTable, is_wholly_changed: bool
) -> SyncResult:
    scope = _scope(is_changed_for_all=is_wholly_changed or table.is_relative)
    return sync_table(
        connection,
        table.rows,
        sql.Identifier("serving", table.name),
        published_columns(connection, table),
        table.key,
        scope,
    )


def published_columns(connection: psycopg.Connection, table: ServingTable) -> list[str]:
    """Columns that served table and source share; columns of earlier versions stay unchanged."""
    source = table_columns(connection, table.source_schema, table.name)
    return [name for name in table_columns(connection, "serving", table.name) if name in source]


def _scope(*, is_changed_for_all: bool) -> sql.Composable:
    return sql.SQL("true") if is_changed_for_all else CHANGED_AGENTS


def _add_build(
    connection: psycopg.Connection,
    run_id: str,
    time_zone: str,
    currency: str | None,
    *,
    is_full: bool,
) -> int:
    row = connection.execute(
        statement("pipelines/publishing/sql/add_build.sql"),
        {
            "time_zone": time_zone,
            "currency": currency,
            "mode": "full" if is_full else "incremental",
            "run_id": run_id,
        },
    ).fetchone()
    assert row is not None
    return int(row[0])
