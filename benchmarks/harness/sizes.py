"""Sizes of benchmark data, and the simulation that fills the operational tables."""

from dataclasses import dataclass
from datetime import date

import psycopg
from psycopg import sql

from crm.install.migrate import migrate_operational
from crm.simulation.history import simulate
from crm.sources.mapping import LeadsMapping
from warehouse.databases import Databases
from warehouse.migrate import migrate_warehouse

AS_OF = date(2026, 6, 30)
SEED = 1


@dataclass(frozen=True)
class Size:
    """`bytes` is the room on disk that a run of this size needs, with all that it compares.

    `has_peers`: whether other programs are measured as well. `has_goals`: at S what is fixed, such
    as the start of dbt, outweighs what grows, so that ratios are only reported.
    """

    name: str
    agents: int
    leads: int
    days: int
    bytes: int
    repeats: int
    has_peers: bool
    has_goals: bool


SIZES = {
    size.name: size
    for size in (
        Size("S", 100, 100_000, 714, 3 << 30, 5, True, False),
        Size("M", 1_000, 2_000_000, 1_429, 25 << 30, 3, True, True),
        Size("L", 10_000, 10_000_000, 714, 70 << 30, 1, False, True),
    )
}


def fill(databases: Databases, size: Size) -> tuple[int, int]:
    """Simulated history up to AS_OF; returns the numbers of leads and activities."""
    mapping = LeadsMapping()
    migrate_warehouse(databases.warehouse, databases.api_warehouse)
    migrate_operational(databases.operational, mapping, databases.api_operational)
    with psycopg.connect(databases.operational) as connection:
        _drop_indexes(connection)
    counts = simulate(
        databases.operational,
        agents=size.agents,
        days=size.days,
        seed=SEED,
        until=AS_OF,
        mapping=mapping,
        leads_per_agent_per_day=size.leads / size.agents / size.days,
    )
    # Makes the indexes again, which cost least when they come last.
    migrate_operational(databases.operational, mapping, databases.api_operational)
    with psycopg.connect(databases.operational, autocommit=True) as connection:
        connection.execute("vacuum analyze leads")
        connection.execute("vacuum analyze agent_activity_log")
    return counts.leads, counts.activities


def _drop_indexes(connection: psycopg.Connection) -> None:
    names = connection.execute(
        "select relname from pg_index join pg_class on pg_class.oid = indexrelid"
        " where indrelid in ('leads'::regclass, 'agent_activity_log'::regclass)"
        " and not indisprimary"
    ).fetchall()
    for (name,) in names:
        connection.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
