"""A warehouse of an earlier version gets the columns and constraints that are declared now."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.support.waiting import wait_until
from warehouse import migration_runner
from warehouse.declared_tables import migrate_tables
from warehouse.migrate import migrate_warehouse
from warehouse.migration_runner import MigrationError, only_migration

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
CONSTRAINTS = """
select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
where connamespace = 'serving'::regnamespace and contype in ('p', 'c') order by 1, 2
"""
EARLIER_CONSTRAINTS = """
alter table serving.agent_kpis
    drop constraint agent_kpis_pkey,
    drop constraint agent_kpis_agent_id_check,
    add primary key (date_range, agent_id),
    add check (leads_handled > 0);
alter table serving.agent_measures drop constraint agent_measures_pkey;
"""
WAITING = """
select query_start from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""
A_ROW = """
insert into serving.agent_kpis (agent_id, date_range, {columns}) values ('ana', '30', {values})
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
    columns = "leads_handled, leads_this_week, conversions_booked, total_revenue"
    warehouse.execute(A_ROW.format(columns=columns, values="1, 1, 0, 2.50").encode())
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


def test_keys_and_checks_of_an_earlier_version_become_as_declared(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    declared = warehouse.execute(CONSTRAINTS).fetchall()
    warehouse.execute(EARLIER_CONSTRAINTS)
    migrate_warehouse(warehouse_database, "")
    assert warehouse.execute(CONSTRAINTS).fetchall() == declared


def test_a_column_that_leaves_the_key_need_not_be_filled(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    """Postgres does not drop NOT NULL of a column while a primary key has it."""
    declared = warehouse.execute(CONSTRAINTS).fetchall()
    required = shape(warehouse)
    warehouse.execute(
        "alter table serving.agent_kpis drop constraint agent_kpis_pkey, add column team text,"
        " add primary key (agent_id, date_range, team, satisfaction_score)"
    )
    migrate_warehouse(warehouse_database, "")
    assert warehouse.execute(CONSTRAINTS).fetchall() == declared
    assert shape(warehouse) == {**required, "team": ("text", False)}


def test_a_new_check_holds_for_new_rows_and_for_all_once_they_pass(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    declared = warehouse.execute(CONSTRAINTS).fetchall()
    columns = (
        "leads_handled, leads_this_week, conversions_booked, total_revenue, satisfaction_count"
    )
    row = A_ROW.format(columns=columns, values="1, 1, 0, 2.50, 0").replace("'ana'", "''").encode()
    warehouse.execute("alter table serving.agent_kpis drop constraint agent_kpis_agent_id_check")
    warehouse.execute(row)
    for _ in range(2):
        migrate_warehouse(warehouse_database, "")
        assert warehouse.execute("select count(*) from serving.agent_kpis").fetchone() == (1,)
        with pytest.raises(psycopg.errors.CheckViolation):
            warehouse.execute(row.replace(b"30", b"90"))
    warehouse.execute("delete from serving.agent_kpis")
    migrate_warehouse(warehouse_database, "")
    assert warehouse.execute(CONSTRAINTS).fetchall() == declared


def test_rows_that_do_not_fit_a_new_key_are_an_error_that_names_the_table(
    warehouse: psycopg.Connection, warehouse_database: str
) -> None:
    warehouse.execute(
        "alter table serving.agent_measures drop constraint agent_measures_pkey;"
        "insert into serving.agent_measures values ('ana', '7', 'm', 1), ('ana', '7', 'm', 2)"
    )
    with pytest.raises(
        MigrationError,
        match=r"serving.agent_measures: existing rows do not fit PRIMARY KEY \(agent_id, date",
    ):
        migrate_warehouse(warehouse_database, "")


def test_a_declaration_that_waits_for_a_lock_is_tried_again(
    warehouse: psycopg.Connection,
    warehouse_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each try is a transaction: a failed one is rolled back before the next begins."""
    monkeypatch.setattr(migration_runner, "ROOT", tmp_path)
    monkeypatch.setattr(migration_runner, "LOCK_SECONDS", 1)
    monkeypatch.setattr(migration_runner, "LOCK_ATTEMPTS", 1000)
    file = tmp_path / "tables.sql"
    file.write_text("create table if not exists {schema}.copied (like public.pattern);")
    warehouse.execute(
        "create table public.pattern (a integer not null); create table serving.copied (b text)"
    )
    with (
        psycopg.connect(warehouse_database) as locking,
        only_migration(warehouse_database) as migrating,
        ThreadPoolExecutor(1) as pool,
    ):
        # Postgres skips the statement where the table exists: only the declaration waits.
        locking.execute("lock table public.pattern")
        migration = pool.submit(migrate_tables, migrating, file, "serving")
        first = wait_until(lambda: warehouse.execute(WAITING).fetchall())
        wait_until(lambda: warehouse.execute(WAITING).fetchall() not in ([], first))
        locking.rollback()
        migration.result()
    assert warehouse.execute(
        "select column_name::text from information_schema.columns"
        " where table_name = 'copied' order by 1"
    ).fetchall() == [("a",), ("b",)]
