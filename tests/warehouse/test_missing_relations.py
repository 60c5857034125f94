"""A missing table is named with the command that creates it."""

from typing import LiteralString

import psycopg
import pytest

from warehouse.missing_relations import with_command


@pytest.mark.parametrize(
    ("table", "advice"),
    [
        ("state.build_state", ": run `agent-analytics migrate` first"),
        ("agent_goals", ": run `agent-analytics migrate` first"),
        ("marts.agent_kpis", ": run `agent-analytics refresh --full`"),
        ("finance.rates", ""),
    ],
)
def test_only_migrated_tables_need_a_migration(
    warehouse_database: str, table: LiteralString, advice: str
) -> None:
    with psycopg.connect(warehouse_database) as connection:
        connection.execute("drop schema state, serving cascade")
        with pytest.raises(psycopg.errors.UndefinedTable) as raised:
            connection.execute(f"select * from {table}")
    assert with_command(raised.value) == f'relation "{table}" does not exist{advice}'
