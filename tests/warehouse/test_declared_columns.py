"""A warehouse of an earlier version gets the columns that the served marts declare now."""

from collections.abc import Iterator

import psycopg
import pytest

from warehouse.migrate import migrate_warehouse

KPIS = """
select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute
where attrelid = 'serving.agent_kpis'::regclass and attnum > 0 and not attisdropped
order by attname
"""
EARLIER = """
alter table serving.agent_kpis
    drop column satisfaction_count,
    alter column total_revenue type numeric(10, 1),
    alter column conversion_rate_pct set not null,
    alter column leads_handled drop not null,
    add column leads_lost bigint not null;
drop table serving.agent_funnel;
"""
A_ROW = """
insert into serving.agent_kpis (agent_id, date_range, {columns}) values ('ana', 30, {values})
"""


@pytest.fixture
def warehouse(warehouse_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(warehouse_database, autocommit=True) as connection:
        yield connection


def shape(connection: psycopg.Connection) -> dict[str, tuple[str, bool]]:
    return {name: (kind, required) for name, kind, required in connection.execute(KPIS).fetchall()}


def test_tables_of_an_earlier_version_become_as_declared(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    declared = shape(warehouse)
    warehouse.execute(EARLIER)
    migrate_warehouse(warehouse_database, "")
    # The version that still runs reads it.
    assert shape(warehouse) == {**declared, "leads_lost": ("bigint", False)}
    assert warehouse.execute("select count(*) from serving.agent_funnel").fetchone() == (0,)


def test_a_new_column_is_required_once_every_row_has_a_value(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    declared = shape(warehouse)
    warehouse.execute("alter table serving.agent_kpis drop column satisfaction_count")
    columns = "leads_handled, leads_this_week, total_revenue"
    warehouse.execute(A_ROW.format(columns=columns, values="1, 1, 2.50").encode())
    migrate_warehouse(warehouse_database, "")
    assert shape(warehouse) == {**declared, "satisfaction_count": ("bigint", False)}
    assert warehouse.execute(
        "select total_revenue::text, satisfaction_count from serving.agent_kpis"
    ).fetchall() == [("2.50", None)]
    warehouse.execute("update serving.agent_kpis set satisfaction_count = 0")
    migrate_warehouse(warehouse_database, "")
    assert shape(warehouse) == declared


def test_a_second_migration_alters_nothing_and_leaves_nothing_behind(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    relations = "select oid, relname, relfilenode, xmin::text from pg_class order by oid"
    before = warehouse.execute(relations).fetchall()
    migrate_warehouse(warehouse_database, "")
    assert warehouse.execute(relations).fetchall() == before
