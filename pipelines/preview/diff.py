"""Differences between the build of a dry run and what is served now, by table and measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import class_row

from pipelines.postgres.table_sync import table_columns
from pipelines.publishing.publish import SERVING_TABLES, ServingTable, published_columns
from pipelines.publishing.restatements import find_restatements
from warehouse.statements import statement

MOVES_SHOWN = 3
DAILY = "agent_performance_metrics"
# Name, whether it differs, both values, distance. Where one side has no row, a number that is never
# null counts as 0 there.
NUMBER = sql.SQL(
    "({name}, coalesce({served}, {missing}) is distinct from coalesce({built}, {missing}),"
    " {served}::text, {built}::text, abs(coalesce({built}, 0) - coalesce({served}, 0))::numeric)"
)
VALUE = sql.SQL(
    "({name}, {served} is distinct from {built}, {served}::text, {built}::text, null::numeric)"
)


@dataclass(frozen=True)
class Move:
    """Value of a row now and after the publish; `row_key` is its key without the agent.

    Values are text as Postgres writes it, None where undefined or where there is no such row.
    """

    agent_id: str
    row_key: list[Any]
    old: str | None
    new: str | None


@dataclass(frozen=True)
class MeasureChange:
    """A served column that would change; `moves` are the largest, one per agent."""

    table: str
    measure: str
    rows: int
    agents: int
    moves: list[Move]


@dataclass(frozen=True)
class RankChange:
    """A period whose ranks would change; `furthest` is None where agents only enter or leave."""

    date_range: str
    moved: int
    entered: int
    fallen_out: int
    furthest: dict[str, Any] | None


@dataclass(frozen=True)
class ServingDiff:
    """Differences from the served build, whose id is None before the first publish.

    `agents` counts those of any table, `agent_days` of the daily table, `restated` the numbers
    of closed days. `agent_days_loaded` counts agent-days of loads that are not published yet: their
    changes are included.
    """

    published_build_id: int | None
    published_as_of: date | None
    as_of: date
    is_redefined: bool
    agents: int
    agent_days: int
    restated: int
    agent_days_loaded: int
    measures: list[MeasureChange]
    ranks: list[RankChange]


def diff_serving(connection: psycopg.Connection) -> ServingDiff:
    """Compares what a publish would write with what is served, table by table. Writes nothing."""
    built = connection.execute(
        "select as_of, definition_hash from state.build_state where is_checked"
    ).fetchone()
    assert built is not None, "the build has not passed its checks"
    published = connection.execute(
        "select build_id, as_of, definition_hash from serving.builds order by build_id desc limit 1"
    ).fetchone()
    build_id, as_of, published_hash = published or (None, None, built[1])
    measures: list[MeasureChange] = []
    agents: set[str] = set()
    agent_days = 0
    for table in SERVING_TABLES:
        with _compared(connection, table):
            measures += _measures(connection, table)
            rows = connection.execute(
                "select distinct agent_id, row_key::text from differences"
            ).fetchall()
        agents.update(agent_id for agent_id, _ in rows)
        if table.name == DAILY:
            agent_days += len(rows)
    return ServingDiff(
        published_build_id=build_id,
        published_as_of=as_of,
        as_of=built[0],
        is_redefined=built[1] != published_hash,
        agents=len(agents),
        agent_days=agent_days,
        restated=_restated(connection, as_of),
        agent_days_loaded=_agent_days_loaded(connection),
        measures=measures,
        ranks=_ranks(connection),
    )


@contextmanager
def _compared(connection: psycopg.Connection, table: ServingTable) -> Iterator[None]:
    """Fills the temporary table `differences` for the length of the block."""
    served = sql.Identifier("serving", table.name)
    columns = published_columns(connection, table)
    with connection.transaction(force_rollback=True):
        connection.execute(
            statement(
                "pipelines/preview/sql/built_rows.sql",
                served=served,
                columns=_list(columns),
                found=_list(columns, "found"),
                rows=table.rows,
            )
        )
        connection.execute(
            statement(
                "pipelines/preview/sql/differences.sql",
                served=served,
                key=_list(table.key),
                row_key=_list([name for name in table.key if name != "agent_id"]),
                measures=_sides(connection, table),
            )
        )
        yield


def _sides(connection: psycopg.Connection, table: ServingTable) -> sql.Composed:
    columns = connection.execute(
        statement("pipelines/preview/sql/served_measures.sql"),
        {"table": f"serving.{table.name}", "key": table.key},
    ).fetchall()
    return sql.SQL(", ").join(
        (NUMBER if is_number else VALUE).format(
            name=sql.Literal(name),
            served=sql.Identifier("served", name),
            built=sql.Identifier("built", name),
            missing=sql.Literal(0 if is_never_null else None),
        )
        for name, is_number, is_never_null in columns
    )


def _measures(connection: psycopg.Connection, table: ServingTable) -> list[MeasureChange]:
    order = table_columns(connection, "serving", table.name)
    query = statement("pipelines/preview/sql/measures_changed.sql", most=sql.Literal(MOVES_SHOWN))
    changes = [
        MeasureChange(table.name, measure, rows, agents, [Move(**move) for move in moves])
        for measure, rows, agents, moves in connection.execute(query).fetchall()
    ]
    return sorted(changes, key=lambda change: order.index(change.measure))


def _restated(connection: psycopg.Connection, published_as_of: date | None) -> int:
    """Counts published numbers of closed days that would change."""
    if published_as_of is None:
        return 0
    with connection.transaction(force_rollback=True):
        find_restatements(connection, published_as_of, sql.SQL("true"))
        row = connection.execute("select count(*) from restated").fetchone()
    assert row is not None
    return int(row[0])


def _agent_days_loaded(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "select count(distinct (agent_id, date)) from state.changed_agent_days"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _ranks(connection: psycopg.Connection) -> list[RankChange]:
    with connection.cursor(row_factory=class_row(RankChange)) as cursor:
        return cursor.execute(statement("pipelines/preview/sql/ranks_moved.sql")).fetchall()


def _list(names: list[str], *relation: str) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(*relation, name) for name in names)
