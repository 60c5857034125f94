"""A warehouse that lacks a table or a column of this version is named before a run needs it."""

import psycopg
import pytest

from config.user_error import UserError
from warehouse.migration_state import declared_columns, ensure_migrated, missing_columns

EXISTING = """
select table_schema || '.' || table_name, column_name::text from information_schema.columns
where table_schema in ('raw', 'state', 'insights', 'serving') and table_name !~ '_incoming$'
"""


def test_the_declared_columns_are_those_of_a_migrated_warehouse(warehouse_database: str) -> None:
    with psycopg.connect(warehouse_database) as warehouse:
        assert set(declared_columns()) == set(warehouse.execute(EXISTING).fetchall())
        assert missing_columns(warehouse) == []
        ensure_migrated(warehouse)


def test_missing_columns_are_named(warehouse_database: str) -> None:
    with psycopg.connect(warehouse_database) as warehouse:
        warehouse.execute("alter table state.build_state drop column built_at")
        with pytest.raises(UserError, match=r"^the warehouse lacks state.build_state.built_at:"):
            ensure_migrated(warehouse)
        warehouse.execute("drop table serving.agent_funnel, serving.refreshes")
        missing = missing_columns(warehouse)
        assert {name.rpartition(".")[0] for name in missing} == {
            "state.build_state",
            "serving.agent_funnel",
            "serving.refreshes",
        }
        with pytest.raises(UserError, match=f" and {len(missing) - 1} more columns: run"):
            ensure_migrated(warehouse)


def test_an_empty_warehouse_has_no_tables_yet(warehouse_database: str) -> None:
    with psycopg.connect(warehouse_database) as warehouse:
        warehouse.execute("drop schema raw, state, insights, serving cascade")
        with pytest.raises(UserError, match=r"^the warehouse has no tables yet: run"):
            ensure_migrated(warehouse)
